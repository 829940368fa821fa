# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Drover authors
# SPDX-License-Identifier: MIT

# Read by ./dev: a lab is a broker and two workers with the example plugin, in a home of their own, for one command.
# Needs $here (the repository), a dev build, DROVER_INTERFACE and DROVER_BEACON_PORT.

: "${here:?}"

lab_home=
lab_pids=()
lab_command=

lab_plugin() {
    local suffix
    for suffix in so dylib; do
        if [ -f "$here/build/dev/lib/liblabplugin.$suffix" ]; then
            echo "$here/build/dev/lib/liblabplugin.$suffix"
            return
        fi
    done
    return 1
}

lab_start() {
    local name=$1
    shift
    "$@" </dev/null >"$lab_home/$name.log" 2>&1 &
    lab_pids+=($!)
}

lab_is_up() {
    local workers
    workers=$(timeout 5 drover workers --json 2>>"$lab_home/workers.log") || return 1
    [[ $workers == *lab-1* && $workers == *lab-2* ]]
}

# lab_wait WHAT CHECK...: until CHECK succeeds, at most 20 seconds after the lab began, and only while all of it lives.
lab_wait() {
    local what=$1 pid
    shift
    until "$@" >/dev/null 2>>"$lab_home/$what.log"; do
        for pid in "${lab_pids[@]}"; do
            kill -0 "$pid" 2>/dev/null || lab_broken "a process of the lab ended"
        done
        ((SECONDS < lab_deadline)) || lab_broken "no $what within 20 seconds"
        sleep 0.05
    done
}

lab_broken() {
    local log
    echo "./dev lab: $1" >&2
    for log in "$lab_home"/*.log; do
        [ -e "$log" ] || continue
        echo "--- $(basename "$log")" >&2
        cat "$log" >&2
    done
    exit 125
}

# All processes that have this lab's home in their environment, by the system's list; this shell has not.
lab_remnants() {
    local environ pid
    for environ in /proc/[0-9]*/environ; do
        pid=${environ#/proc/}
        pid=${pid%/environ}
        if [ "$pid" != $$ ] && grep -qzxF "DROVER_HOME=$lab_home" "$environ" 2>/dev/null; then
            echo "$pid"
        fi
    done
}

# lab_kill SIGNAL TENTHS PID...: signals them and waits; true when all have gone.
lab_kill() {
    local signal=$1 tenths=$2 pid left
    shift 2
    for pid in "$@"; do
        kill "-$signal" "$pid" 2>/dev/null || true
    done
    while :; do
        left=
        for pid in "$@"; do
            [ ! -d "/proc/$pid" ] || grep -q '^State:[[:space:]]*Z' "/proc/$pid/status" 2>/dev/null || left=$pid
        done
        [ -n "$left" ] || return 0
        ((tenths-- > 0)) || return 1
        sleep 0.1
    done
}

lab_end() {
    local code=$?
    trap '' INT TERM HUP
    trap - EXIT
    # the command first, then the workers, then the broker
    local i pids=() rest
    [ -z "$lab_command" ] || pids+=("$lab_command")
    for ((i = ${#lab_pids[@]} - 1; i >= 0; --i)); do
        pids+=("${lab_pids[i]}")
    done
    [ ${#pids[@]} -eq 0 ] || lab_kill TERM 50 "${pids[@]}" || lab_kill KILL 50 "${pids[@]}" || true
    for ((i = 0; i < 5; ++i)); do
        mapfile -t rest < <(lab_remnants)
        [ ${#rest[@]} -gt 0 ] || break
        lab_kill KILL 50 "${rest[@]}" || true
    done
    rm -rf "$lab_home"
    exit "$code"
}

# run_in_lab CMD ARGS...: never returns; the exit code is that of CMD, 125 when the lab did not come up.
run_in_lab() {
    local plugin code=0
    lab_home=$(mktemp -d /tmp/dl.XXXX) # short: the paths of local sockets are bounded
    trap lab_end EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    lab_deadline=$((SECONDS + 20))

    local -x DROVER_HOME=$lab_home PATH=$here/build/bin:$PATH
    plugin=$(lab_plugin) || lab_broken "build/dev/lib has no labplugin"
    lab_start broker drover broker
    lab_wait status timeout 5 drover status --json
    lab_start worker-1 drover worker --plugin "$plugin" --name lab-1
    lab_start worker-2 drover worker --plugin "$plugin" --name lab-2
    lab_wait workers lab_is_up

    # in the background, so that a signal to this shell is acted upon at once; Ctrl-C reaches the command as well
    env --default-signal=INT,QUIT "$@" <&0 &
    lab_command=$!
    wait "$lab_command" || code=$?
    lab_command=
    exit "$code"
}
