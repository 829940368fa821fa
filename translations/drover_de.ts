<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>QObject</name>
    <message>
        <source>The client was closed before the answer came.</source>
        <translation>Der Client wurde geschlossen, bevor die Antwort kam.</translation>
    </message>
</context>
<context>
    <name>drover-monitor</name>
    <message>
        <source>Shows the queues, workers and tasks of Drover, and launches commands.</source>
        <translation>Zeigt Warteschlangen, Worker und Aufgaben von Drover und startet Befehle.</translation>
    </message>
    <message>
        <source>The broker to watch: local:, drover://host[:port] or embedded:[path]; may be repeated.</source>
        <translation>Der beobachtete Broker: local:, drover://host[:port] oder embedded:[Pfad]; mehrfach möglich.</translation>
    </message>
    <message>
        <source>Do not start the broker of this user when it does not run.</source>
        <translation>Den Broker dieses Benutzers nicht starten, wenn er nicht läuft.</translation>
    </message>
    <message>
        <source>The folder of keys and trust.</source>
        <translation>Der Ordner mit Schlüsseln und Vertrauenslisten.</translation>
    </message>
    <message>
        <source>Show sample work of a broker and two workers in this program.</source>
        <translation>Beispielarbeit eines Brokers und zweier Worker in diesem Programm zeigen.</translation>
    </message>
    <message>
        <source>How it looks: system, light or dark.</source>
        <translation>Aussehen: system, light oder dark.</translation>
    </message>
    <message>
        <source>Its language: de or en.</source>
        <translation>Sprache: de oder en.</translation>
    </message>
    <message>
        <source>--theme takes system, light or dark, got &quot;%1&quot;</source>
        <translation>--theme erwartet system, light oder dark, nicht „%1“</translation>
    </message>
    <message>
        <source>--language takes de or en, got &quot;%1&quot;</source>
        <translation>--language erwartet de oder en, nicht „%1“</translation>
    </message>
</context>
<context>
    <name>drover::Announcement</name>
    <message>
        <source>Not an announcement: %1 is missing or wrong.</source>
        <translation>Keine Ankündigung: %1 fehlt oder ist falsch.</translation>
    </message>
    <message>
        <source>An announcement of more than %1 bytes.</source>
        <translation>Eine Ankündigung von mehr als %1 Bytes.</translation>
    </message>
    <message>
        <source>An announcement of the unknown format %1.</source>
        <translation>Eine Ankündigung im unbekannten Format %1.</translation>
    </message>
</context>
<context>
    <name>drover::Backend</name>
    <message>
        <source>The client was closed.</source>
        <translation>Der Client wurde geschlossen.</translation>
    </message>
    <message>
        <source>There is no batch %1.</source>
        <translation>Es gibt keinen Stapel %1.</translation>
    </message>
</context>
<context>
    <name>drover::Beacon</name>
    <message>
        <source>The interface %1 is not there, not up, has no address or cannot multicast.</source>
        <translation>Die Schnittstelle %1 fehlt, ist nicht aktiv, hat keine Adresse oder kann kein Multicast.</translation>
    </message>
    <message>
        <source>The interface %1 is not used, because DROVER_INTERFACE is %2.</source>
        <translation>Die Schnittstelle %1 wird nicht benutzt, weil DROVER_INTERFACE %2 ist.</translation>
    </message>
</context>
<context>
    <name>drover::Client</name>
    <message>
        <source>loopback: needs the functions it shall run: ClientSettings::registry().</source>
        <translation>loopback: braucht die Funktionen, die es ausführen soll: ClientSettings::registry().</translation>
    </message>
    <message>
        <source>&quot;%1&quot; does not name a broker; use local:, drover://host[:port], embedded:[path] or loopback:.</source>
        <translation>„%1“ bezeichnet keinen Broker; möglich sind local:, drover://host[:port], embedded:[Pfad] und loopback:.</translation>
    </message>
    <message>
        <source>The client was closed; the task goes on.</source>
        <translation>Der Client wurde geschlossen; die Aufgabe läuft weiter.</translation>
    </message>
    <message>
        <source>A function that runs in the thread of a BlockingClient cannot wait for that client.</source>
        <translation>Eine Funktion im Thread eines BlockingClient kann nicht auf diesen Client warten.</translation>
    </message>
    <message>
        <source>No answer came in time.</source>
        <translation>Es kam rechtzeitig keine Antwort.</translation>
    </message>
    <message>
        <source>Inside of a task only its own tasks can be awaited.</source>
        <translation>Innerhalb einer Aufgabe kann nur auf deren eigene Aufgaben gewartet werden.</translation>
    </message>
    <message>
        <source>Inside of a task a BlockingClient only submits and calls.</source>
        <translation>Innerhalb einer Aufgabe kann ein BlockingClient nur einreichen und aufrufen.</translation>
    </message>
    <message>
        <source>The client is closed and takes no new tasks.</source>
        <translation>Der Client ist geschlossen und nimmt keine neuen Aufgaben an.</translation>
    </message>
    <message>
        <source>%1 does not honour the option %2; leave it out.</source>
        <translation>%1 beachtet die Option %2 nicht; lassen Sie sie weg.</translation>
    </message>
    <message>
        <source>This broker</source>
        <translation>Dieser Broker</translation>
    </message>
    <message>
        <source>The items of a batch cannot all have the same idempotency key; leave it out.</source>
        <translation>Die Elemente eines Stapels können nicht alle denselben Idempotenzschlüssel haben; lassen Sie ihn weg.</translation>
    </message>
    <message>
        <source>The client was closed before it was connected.</source>
        <translation>Der Client wurde geschlossen, bevor er verbunden war.</translation>
    </message>
    <message>
        <source>No answer from %1</source>
        <translation>Keine Antwort von %1</translation>
    </message>
</context>
<context>
    <name>drover::LoopbackBackend</name>
    <message>
        <source>There is no task %1.</source>
        <translation>Es gibt keine Aufgabe %1.</translation>
    </message>
    <message>
        <source>The client was closed.</source>
        <translation>Der Client wurde geschlossen.</translation>
    </message>
    <message>
        <source>loopback: runs tasks in one thread, and no other of a task can call some.</source>
        <translation>loopback: führt Aufgaben in einem Thread aus; andere Threads einer Aufgabe können keine aufrufen.</translation>
    </message>
    <message>
        <source>loopback: a task cannot wait for one that needs the event loop.</source>
        <translation>loopback: Eine Aufgabe kann nicht auf eine warten, die die Ereignisschleife braucht.</translation>
    </message>
    <message>
        <source>The task was cancelled.</source>
        <translation>Die Aufgabe wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The task was cancelled before it ran.</source>
        <translation>Die Aufgabe wurde abgebrochen, bevor sie lief.</translation>
    </message>
    <message>
        <source>The client was closed before the batch ended.</source>
        <translation>Der Client wurde geschlossen, bevor der Stapel endete.</translation>
    </message>
    <message>
        <source>The client was closed before the task ended.</source>
        <translation>Der Client wurde geschlossen, bevor die Aufgabe endete.</translation>
    </message>
    <message>
        <source>The task %1 is still running.</source>
        <translation>Die Aufgabe %1 läuft noch.</translation>
    </message>
    <message>
        <source>The task %1 has ended.</source>
        <translation>Die Aufgabe %1 ist beendet.</translation>
    </message>
    <message>
        <source>loopback: has no queue; its tasks can only be cancelled or killed.</source>
        <translation>loopback: hat keine Warteschlange; seine Aufgaben lassen sich nur abbrechen oder beenden.</translation>
    </message>
    <message>
        <source>loopback: has no queues.</source>
        <translation>loopback: hat keine Warteschlangen.</translation>
    </message>
    <message>
        <source>loopback: has no store.</source>
        <translation>loopback: hat keinen Speicher.</translation>
    </message>
</context>
<context>
    <name>drover::MulticastSocket</name>
    <message>
        <source>Cannot %1 on %2 (%3, UDP port %4): %5</source>
        <translation>%1 auf %2 ist nicht möglich (%3, UDP-Port %4): %5</translation>
    </message>
    <message>
        <source>listen</source>
        <translation>Lauschen</translation>
    </message>
    <message>
        <source>join the group</source>
        <translation>Beitritt zur Gruppe</translation>
    </message>
    <message>
        <source>send</source>
        <translation>Senden</translation>
    </message>
</context>
<context>
    <name>drover::Peer</name>
    <message>
        <source>&quot;%1&quot; is not an address: write host:port or [IPv6]:port.</source>
        <translation>„%1“ ist keine Adresse: Schreiben Sie host:port oder [IPv6]:port.</translation>
    </message>
    <message>
        <source>The address &quot;%1&quot; needs a port from 1 to 65535: write host:port or [IPv6]:port.</source>
        <translation>Die Adresse „%1“ braucht einen Port von 1 bis 65535: Schreiben Sie host:port oder [IPv6]:port.</translation>
    </message>
</context>
<context>
    <name>drover::QueuesModel</name>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
</context>
<context>
    <name>drover::SessionBackend</name>
    <message>
        <source>The client was closed before the task ended; the task goes on.</source>
        <translation>Der Client wurde geschlossen, bevor die Aufgabe endete; sie läuft weiter.</translation>
    </message>
    <message>
        <source>The client was closed before the batch ended; what was submitted goes on.</source>
        <translation>Der Client wurde geschlossen, bevor der Stapel endete; was eingereicht ist, läuft weiter.</translation>
    </message>
    <message>
        <source>There is no such task.</source>
        <translation>Diese Aufgabe gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no such batch.</source>
        <translation>Diesen Stapel gibt es nicht.</translation>
    </message>
    <message>
        <source>The task was cancelled before it was submitted.</source>
        <translation>Die Aufgabe wurde abgebrochen, bevor sie eingereicht war.</translation>
    </message>
</context>
<context>
    <name>drover::TaskHandle</name>
    <message>
        <source>The client was closed; the task goes on.</source>
        <translation>Der Client wurde geschlossen; die Aufgabe läuft weiter.</translation>
    </message>
    <message>
        <source>The reader of the task&apos;s values was destroyed.</source>
        <translation>Der Leser der Werte der Aufgabe wurde zerstört.</translation>
    </message>
    <message>
        <source>Attempt %1 of the task gave fewer values than the one before.</source>
        <translation>Versuch %1 der Aufgabe lieferte weniger Werte als der vorige.</translation>
    </message>
    <message>
        <source>Attempt %1 of the task gives its values from the first one on, some of them again.</source>
        <translation>Versuch %1 der Aufgabe liefert seine Werte von vorn, einige davon noch einmal.</translation>
    </message>
    <message>
        <source>Attempt %1 of the task gave other values than the one before.</source>
        <translation>Versuch %1 der Aufgabe lieferte andere Werte als der vorige.</translation>
    </message>
    <message numerus="yes">
        <source>%n piece(s) of what the task told were dropped, because nobody read in time.</source>
        <translation>
            <numerusform>%n Teil dessen, was die Aufgabe meldete, ging verloren, weil es niemand rechtzeitig las.</numerusform>
            <numerusform>%n Teile dessen, was die Aufgabe meldete, gingen verloren, weil sie niemand rechtzeitig las.</numerusform>
        </translation>
    </message>
    <message>
        <source>What the task told is not kept any more, or another reader has it.</source>
        <translation>Was die Aufgabe meldete, ist nicht mehr vorhanden, oder ein anderer Leser hat es.</translation>
    </message>
</context>
<context>
    <name>drover::TasksModel</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Schlange</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation>Eingereicht</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>Broker</translation>
    </message>
</context>
<context>
    <name>drover::Texts</name>
    <message>
        <source>Held</source>
        <translation>Zurückgestellt</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>Geplant</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>Eingereiht</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Will retry</source>
        <translation>Neuer Versuch</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Wird beendet</translation>
    </message>
    <message>
        <source>Trashed</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation>Erfolgreich</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>exception</source>
        <translation>Ausnahme</translation>
    </message>
    <message>
        <source>exit code</source>
        <translation>Exit-Code</translation>
    </message>
    <message>
        <source>crashed</source>
        <translation>abgestürzt</translation>
    </message>
    <message>
        <source>time limit</source>
        <translation>Zeitlimit</translation>
    </message>
    <message>
        <source>deadline passed</source>
        <translation>Frist verstrichen</translation>
    </message>
    <message>
        <source>worker lost</source>
        <translation>Worker verloren</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>Speicher voll</translation>
    </message>
    <message>
        <source>too much output</source>
        <translation>zu viel Ausgabe</translation>
    </message>
    <message>
        <source>disk limit</source>
        <translation>Plattenlimit</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>rejected by the worker</source>
        <translation>vom Worker abgelehnt</translation>
    </message>
    <message>
        <source>a task it needs failed</source>
        <translation>eine benötigte Aufgabe ist gescheitert</translation>
    </message>
    <message>
        <source>quarantined</source>
        <translation>in Quarantäne</translation>
    </message>
    <message>
        <source>could not be started</source>
        <translation>konnte nicht gestartet werden</translation>
    </message>
    <message>
        <source>asked for by a person</source>
        <translation>von einer Person veranlasst</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 d %2 h</translation>
    </message>
    <message>
        <source>No worker is connected.</source>
        <translation>Kein Worker ist verbunden.</translation>
    </message>
    <message>
        <source>No connected worker offers %1.</source>
        <translation>Kein verbundener Worker bietet %1 an.</translation>
    </message>
    <message>
        <source>No connected worker with %1 has the tags %2.</source>
        <translation>Kein verbundener Worker mit %1 hat die Merkmale %2.</translation>
    </message>
    <message>
        <source>asked to stop</source>
        <translation>soll aufhören</translation>
    </message>
    <message>
        <source>about to be killed</source>
        <translation>wird gleich beendet</translation>
    </message>
    <message>
        <source>asked to pause</source>
        <translation>soll anhalten</translation>
    </message>
    <message>
        <source>asked to go on</source>
        <translation>soll weiterlaufen</translation>
    </message>
    <message>
        <source>Executors died while they ran it: it waits for a worker that runs no other such task.</source>
        <translation>Prozesse sind dabei abgestürzt: Sie wartet auf einen Worker, auf dem keine zweite solche Aufgabe läuft.</translation>
    </message>
    <message>
        <source>The queue %1 was paused by %2.</source>
        <translation>%2 hat die Warteschlange %1 angehalten.</translation>
    </message>
    <message>
        <source>The queue %1 was paused by %2: %3</source>
        <translation>%2 hat die Warteschlange %1 angehalten: %3</translation>
    </message>
    <message>
        <source>Its time comes at %1.</source>
        <translation>Ihre Zeit kommt um %1.</translation>
    </message>
    <message>
        <source>It failed, and is tried again at %1.</source>
        <translation>Sie ist fehlgeschlagen und wird um %1 wieder versucht.</translation>
    </message>
    <message>
        <source>It is held until somebody resumes it.</source>
        <translation>Sie ist angehalten, bis jemand sie fortsetzt.</translation>
    </message>
    <message>
        <source>It is in the trash until %1 and can be restored.</source>
        <translation>Sie liegt bis %1 im Papierkorb und kann wiederhergestellt werden.</translation>
    </message>
    <message>
        <source>It waits for tasks of its own: %1.</source>
        <translation>Sie wartet auf eigene Aufgaben: %1.</translation>
    </message>
    <message>
        <source>All slots of the workers that can run it are busy: %1.</source>
        <translation>Alle Plätze der Worker, die sie ausführen können, sind belegt: %1.</translation>
    </message>
    <message>
        <source>The only workers that can run it are not connected: %1.</source>
        <translation>Die einzigen Worker, die sie ausführen können, sind nicht verbunden: %1.</translation>
    </message>
    <message>
        <source>More than %1 tasks of its queue and owner come before it.</source>
        <translation>Mehr als %1 Aufgaben derselben Warteschlange und Person kommen vor ihr.</translation>
    </message>
    <message>
        <source>The workers that can run it offer no slot now: %1.</source>
        <translation>Die Worker, die sie ausführen können, bieten gerade keinen Platz an: %1.</translation>
    </message>
</context>
<context>
    <name>drover::WebSocketConnector</name>
    <message>
        <source>%1 cannot be reached: %2.</source>
        <translation>%1 ist nicht erreichbar: %2.</translation>
    </message>
</context>
<context>
    <name>drover::WorkersModel</name>
    <message>
        <source>%1 of %2</source>
        <comment>slots taken</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>gone since %1</source>
        <translation>fort seit %1</translation>
    </message>
    <message>
        <source>Tags: %1</source>
        <translation>Merkmale: %1</translation>
    </message>
    <message>
        <source>Connected since %1</source>
        <translation>Verbunden seit %1</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>Slots in use</source>
        <translation>Belegte Plätze</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Merkmale</translation>
    </message>
</context>
<context>
    <name>drover::gui::LaunchBar</name>
    <message>
        <source>Run</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>A command to run on a worker, for instance: make -j8 test</source>
        <translation>Ein Befehl, der auf einem Worker laufen soll, zum Beispiel: make -j8 test</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>Broker</translation>
    </message>
    <message>
        <source>Quotes join words; nothing is expanded. For pipes and variables: sh -c &apos;…&apos;</source>
        <translation>Anführungszeichen verbinden Wörter; nichts wird ersetzt. Für Pipes und Variablen: sh -c &apos;…&apos;</translation>
    </message>
    <message>
        <source>Runs %1 without arguments</source>
        <translation>Startet %1 ohne Argumente</translation>
    </message>
    <message numerus="yes">
        <source>Runs %1 with %n argument(s): %2</source>
        <translation>
            <numerusform>Startet %1 mit %n Argument: %2</numerusform>
            <numerusform>Startet %1 mit %n Argumenten: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::gui::LogView</name>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Earlier output is not kept any more.</source>
        <translation>Frühere Ausgabe ist nicht mehr vorhanden.</translation>
    </message>
</context>
<context>
    <name>drover::gui::MainWindow</name>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Warteschlangen</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>Search tasks</source>
        <translation>Aufgaben suchen</translation>
    </message>
    <message>
        <source>Which tasks are shown</source>
        <translation>Welche Aufgaben gezeigt werden</translation>
    </message>
    <message>
        <source>All tasks</source>
        <translation>Alle Aufgaben</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>&amp;Drover</source>
        <translation>&amp;Drover</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Task</source>
        <translation>&amp;Aufgabe</translation>
    </message>
    <message>
        <source>&amp;Launch a command</source>
        <translation>Befehl &amp;starten</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>S&amp;uchen</translation>
    </message>
    <message>
        <source>&amp;Cancel selected tasks</source>
        <translation>Gewählte Aufgaben a&amp;bbrechen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>A&amp;nsicht</translation>
    </message>
    <message>
        <source>As the s&amp;ystem</source>
        <translation>Wie das S&amp;ystem</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;About Drover</source>
        <translation>Ü&amp;ber Drover</translation>
    </message>
    <message>
        <source>About Drover</source>
        <translation>Über Drover</translation>
    </message>
    <message>
        <source>Drover %1 spreads work over the machines of a LAN.

Licence: MIT</source>
        <translation>Drover %1 verteilt Arbeit auf die Rechner eines LANs.

Lizenz: MIT</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Erneut starten</translation>
    </message>
    <message>
        <source>Copy task id</source>
        <translation>Aufgaben-ID kopieren</translation>
    </message>
    <message>
        <source>%1 is queued.</source>
        <translation>%1 ist eingereiht.</translation>
    </message>
    <message>
        <source>%1 will be sent once the broker answers.</source>
        <translation>%1 wird gesendet, sobald der Broker antwortet.</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>Verbinden mit %1 …</translation>
    </message>
    <message>
        <source>Not connected to %1</source>
        <translation>Nicht verbunden mit %1</translation>
    </message>
    <message>
        <source>%1 Trying again by itself.</source>
        <comment>the reason, a sentence</comment>
        <translation>%1 Weitere Versuche folgen von selbst.</translation>
    </message>
    <message>
        <source>Connected to %1</source>
        <translation>Verbunden mit %1</translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s)</source>
        <translation>
            <numerusform>%n Broker</numerusform>
            <numerusform>%n Brokern</numerusform>
        </translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>%1 – Drover</source>
        <comment>the name of a broker</comment>
        <translation>%1 – Drover</translation>
    </message>
    <message numerus="yes">
        <source>%n worker(s)</source>
        <translation>
            <numerusform>%n Worker</numerusform>
            <numerusform>%n Worker</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 slots in use</source>
        <translation>%1 von %2 Plätzen belegt</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <comment>tasks</comment>
        <translation>%1 wartend</translation>
    </message>
    <message>
        <source>%1 running</source>
        <comment>tasks</comment>
        <translation>%1 laufend</translation>
    </message>
    <message>
        <source>The broker knows the queues.</source>
        <translation>Der Broker kennt die Warteschlangen.</translation>
    </message>
    <message>
        <source>The broker knows the workers.</source>
        <translation>Der Broker kennt die Worker.</translation>
    </message>
    <message>
        <source>No queue yet</source>
        <translation>Noch keine Warteschlange</translation>
    </message>
    <message>
        <source>A queue appears with the first task that names it.</source>
        <translation>Eine Warteschlange entsteht mit der ersten Aufgabe, die sie nennt.</translation>
    </message>
    <message>
        <source>No worker is connected</source>
        <translation>Kein Worker ist verbunden</translation>
    </message>
    <message>
        <source>Tasks wait until there is one. Start a worker here or on another machine:</source>
        <translation>Aufgaben warten, bis es einen gibt. Starten Sie einen Worker hier oder auf einem anderen Rechner:</translation>
    </message>
    <message>
        <source>%1 of more, the rest waits</source>
        <comment>tasks</comment>
        <translation>%1 von mehr, der Rest wartet</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>tasks</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>No task is like that</source>
        <translation>Keine Aufgabe passt dazu</translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) are hidden by the search.</source>
        <translation>
            <numerusform>%n Aufgabe ist durch die Suche verborgen.</numerusform>
            <numerusform>%n Aufgaben sind durch die Suche verborgen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all tasks</source>
        <translation>Alle Aufgaben zeigen</translation>
    </message>
    <message>
        <source>Tasks appear once the broker answers</source>
        <translation>Aufgaben erscheinen, sobald der Broker antwortet</translation>
    </message>
    <message>
        <source>What was queued is kept there, and workers go on.</source>
        <translation>Eingereihtes bleibt dort erhalten, und Worker arbeiten weiter.</translation>
    </message>
    <message>
        <source>No tasks yet</source>
        <translation>Noch keine Aufgaben</translation>
    </message>
    <message>
        <source>Type a command above and press Enter, or in a terminal:</source>
        <translation>Geben Sie oben einen Befehl ein und drücken Sie die Eingabetaste, oder im Terminal:</translation>
    </message>
    <message>
        <source>&amp;Kill selected tasks</source>
        <translation>Ausgewählte Aufgaben &amp;sofort beenden</translation>
    </message>
    <message>
        <source>&amp;Pause selected tasks</source>
        <translation>Ausgewählte Aufgaben an&amp;halten</translation>
    </message>
    <message>
        <source>&amp;Resume selected tasks</source>
        <translation>Ausgewählte Aufgaben &amp;fortsetzen</translation>
    </message>
</context>
<context>
    <name>drover::gui::ShellWords</name>
    <message>
        <source>The line ends with a backslash; write a character behind it.</source>
        <translation>Die Zeile endet mit einem Rückstrich; schreiben Sie ein Zeichen dahinter.</translation>
    </message>
    <message>
        <source>The quote %1 is not closed.</source>
        <translation>Das Anführungszeichen %1 ist nicht geschlossen.</translation>
    </message>
</context>
<context>
    <name>drover::gui::TaskDetails</name>
    <message>
        <source>Cancel task</source>
        <translation>Aufgabe abbrechen</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Erneut starten</translation>
    </message>
    <message>
        <source>Follow output</source>
        <translation>Ausgabe folgen</translation>
    </message>
    <message>
        <source>No task is selected</source>
        <translation>Keine Aufgabe ist gewählt</translation>
    </message>
    <message>
        <source>Select one above to see what it does, where it runs, and what it writes.</source>
        <translation>Wählen Sie oben eine, um zu sehen, was sie tut, wo sie läuft und was sie schreibt.</translation>
    </message>
    <message>
        <source>Asking the broker…</source>
        <translation>Frage den Broker …</translation>
    </message>
    <message>
        <source>The rest of the output was not kept.</source>
        <translation>Der Rest der Ausgabe wurde nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>Attempt %1 on %2</source>
        <translation>Versuch %1 auf %2</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Why it waits</source>
        <translation>Wartet, weil</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>Argumente</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>%1, priority %2</source>
        <translation>%1, Priorität %2</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation>Eingereicht</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Gestartet</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>Versuch</translation>
    </message>
    <message>
        <source>Attempt %1</source>
        <translation>Versuch %1</translation>
    </message>
    <message>
        <source>Task id</source>
        <translation>Aufgaben-ID</translation>
    </message>
    <message>
        <source>It wrote nothing</source>
        <translation>Keine Ausgabe</translation>
    </message>
    <message>
        <source>Somebody else launched this task</source>
        <translation>Jemand anders hat diese Aufgabe gestartet</translation>
    </message>
    <message>
        <source>What it writes goes to whoever launched it. It is shown here when the task has ended.</source>
        <translation>Ihre Ausgabe geht an den, der sie gestartet hat. Hier erscheint sie, wenn die Aufgabe beendet ist.</translation>
    </message>
    <message>
        <source>Read it here instead</source>
        <translation>Stattdessen hier lesen</translation>
    </message>
    <message>
        <source>Nothing written yet</source>
        <translation>Noch keine Ausgabe</translation>
    </message>
    <message>
        <source>Output appears here as the task writes it.</source>
        <translation>Die Ausgabe erscheint hier, sobald die Aufgabe schreibt.</translation>
    </message>
    <message>
        <source>Not started yet</source>
        <translation>Noch nicht gestartet</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Verlangt</translation>
    </message>
    <message>
        <source>Came too late</source>
        <translation>Kam zu spät</translation>
    </message>
    <message>
        <source>a result of attempt %1 on %2</source>
        <translation>ein Ergebnis von Versuch %1 auf %2</translation>
    </message>
    <message>
        <source>an error of attempt %1 on %2</source>
        <translation>ein Fehler von Versuch %1 auf %2</translation>
    </message>
</context>
</TS>
