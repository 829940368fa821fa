// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "network.h"

#include "world.h"

namespace drover::simulation {

using namespace std::chrono_literals;

Network::Link *Network::find(LinkId link)
{
    const auto it = m_links.find(link);
    return it == m_links.end() ? nullptr : &it->second;
}

void Network::dial(Node &from, Node &to)
{
    const auto patience = m_world.random().skewed(1ms, 20ms);
    from.later(patience, [this, &from, &to] {
        if (isSeparated(from, to) || to.isAsleep())
            from.later(3s, [&from, &to] { from.unreachable(to); });
        else if (!to.isUp())
            from.refused(to);
        else
            open(from, to);
    });
}

void Network::open(Node &from, Node &to)
{
    const LinkId id = ++m_last;
    Link &link = m_links[id];
    link.ends[0] = {&from, from.life(), from.incarnation(), false, false, {}};
    link.ends[1] = {&to, to.life(), to.incarnation(), false, false, {}};
    Random &random = m_world.random();
    link.longest = random.oneIn(8) ? random.between(200ms, 2s) : random.skewed(300us, 50ms);
    sayHello(id, 0);
    sayHello(id, 1);
}

void Network::sayHello(LinkId link, int to)
{
    arrive(link, to, [this, link, to] {
        Link *known = find(link);
        End &end = known->ends[to];
        end.isReady = true;
        m_world.report().handled(Kind::Hello);
        const End &other = known->ends[1 - to];
        end.node->linkReady(link, *other.node, other.incarnation);
    });
}

void Network::send(LinkId id, const Node &from, Message message)
{
    Link *link = find(id);
    if (!link)
        return;
    const int to = link->ends[0].node == &from ? 1 : 0;
    if (link->ends[1 - to].isClosed)
        return;
    arrive(id, to, [this, id, to, message = std::move(message)] {
        End &end = find(id)->ends[to];
        m_world.report().handled(kindOf(message));
        end.node->received(id, message);
    });
}

void Network::arrive(LinkId id, int to, std::function<void()> event)
{
    Link &link = *find(id);
    if (link.isCut)
        return;
    End &end = link.ends[to];
    const MonotonicTime earliest = m_world.time() + m_world.random().skewed(50us, link.longest);
    end.lastArrival = std::max(earliest, end.lastArrival + 1us);
    m_world.timeline().at(end.lastArrival, [this, id, to, event = std::move(event)] {
        const Link *link = find(id);
        if (!link || link->isCut || link->ends[to].isClosed || link->ends[to].life != link->ends[to].node->life())
            return;
        link->ends[to].node->happen(
            [this, id, to, event] {
                const Link *link = find(id);
                if (link && !link->ends[to].isClosed)
                    event();
            },
            Node::Cause::Arrival);
    });
}

void Network::close(LinkId id, const Node &from)
{
    Link *link = find(id);
    if (!link)
        return;
    const int end = link->ends[0].node == &from ? 0 : 1;
    if (link->ends[end].isClosed)
        return;
    arrive(id, 1 - end, [this, id, end] { lose(id, 1 - end); });
    link->ends[end].node->later(
        0s, [this, id, end] { lose(id, end); }, Node::Cause::Arrival);
}

// A lost end is told once, and the link is forgotten with the second.
void Network::lose(LinkId id, int end)
{
    Link *link = find(id);
    if (!link || link->ends[end].isClosed)
        return;
    link->ends[end].isClosed = true;
    Node *node = link->ends[end].node;
    const bool wasReady = link->ends[end].isReady && link->ends[end].life == node->life();
    Node *peer = link->ends[1 - end].node;
    if (link->ends[1 - end].isClosed)
        m_links.erase(id);
    if (wasReady)
        node->linkLost(id);
    else if (node->isUp())
        node->unreachable(*peer);
}

void Network::notice(LinkId link, int end, std::chrono::nanoseconds after)
{
    Node *node = find(link)->ends[end].node;
    m_world.timeline().at(m_world.time() + after, [this, link, end, node] {
        const Link *known = find(link);
        if (!known || known->ends[end].isClosed)
            return;
        if (known->ends[end].life != node->life())
            return lose(link, end);
        node->happen([this, link, end] { lose(link, end); }, Node::Cause::Arrival);
    });
}

void Network::ended(const Node &node)
{
    for (const LinkId id : links()) {
        Link *link = find(id);
        if (!link || (link->ends[0].node != &node && link->ends[1].node != &node))
            continue;
        const int end = link->ends[0].node == &node ? 0 : 1;
        if (m_world.random().oneIn(4))
            link->isCut = true; // the machine went with it: nobody says so
        const bool isSilent = link->isCut;
        if (!isSilent && !link->ends[1 - end].isClosed)
            arrive(id, 1 - end, [this, id, end] { lose(id, 1 - end); });
        link->ends[end].isClosed = true;
        if (link->ends[1 - end].isClosed)
            m_links.erase(id);
        else if (isSilent)
            notice(id, 1 - end, m_world.random().between(1s, 40s));
    }
}

void Network::drop(LinkId id)
{
    Link *link = find(id);
    if (!link || link->isCut)
        return;
    link->isCut = true;
    Random &random = m_world.random();
    for (int end : {0, 1}) {
        if (!link->ends[end].isClosed)
            notice(id, end, random.oneIn(3) ? random.between(1s, 40s) : random.skewed(1ms, 1s));
    }
}

void Network::stall(LinkId id, std::chrono::nanoseconds time)
{
    Link *link = find(id);
    for (End &end : link->ends)
        end.lastArrival = std::max(end.lastArrival, m_world.time() + time);
}

void Network::separate(Node &a, Node &b, std::chrono::nanoseconds time)
{
    const MonotonicTime until = m_world.time() + time;
    m_separated[{&a, &b}] = until;
    m_separated[{&b, &a}] = until;
    for (const LinkId id : links()) {
        const auto [first, second] = ends(id);
        if ((first == &a && second == &b) || (first == &b && second == &a))
            drop(id);
    }
}

bool Network::isSeparated(const Node &a, const Node &b) const
{
    const auto it = m_separated.find({&a, &b});
    return it != m_separated.end() && it->second > m_world.time();
}

QList<LinkId> Network::links() const
{
    QList<LinkId> all;
    for (const auto &[id, link] : m_links)
        all.append(id);
    return all;
}

std::pair<Node *, Node *> Network::ends(LinkId link) const
{
    const auto it = m_links.find(link);
    return it == m_links.end() ? std::pair<Node *, Node *>()
                               : std::pair(it->second.ends[0].node, it->second.ends[1].node);
}

} // namespace drover::simulation
