<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>foliot::bus::Term</name>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Stratum</source>
        <translation>Stratum</translation>
    </message>
    <message>
        <source>Reach</source>
        <translation>Erreicht</translation>
    </message>
    <message>
        <source>Poll</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation>Letzte Antwort</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Abweichung</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>Laufzeit</translation>
    </message>
    <message>
        <source>Jitter</source>
        <translation>Jitter</translation>
    </message>
    <message>
        <source>Frequency</source>
        <translation>Frequenz</translation>
    </message>
    <message>
        <source>Root distance</source>
        <translation>Root Distance</translation>
    </message>
    <message>
        <source>Correctness interval</source>
        <translation>Korrektheitsintervall</translation>
    </message>
    <message>
        <source>Reference ID</source>
        <translation>Referenz-ID</translation>
    </message>
    <message>
        <source>Leap second</source>
        <translation>Schaltsekunde</translation>
    </message>
    <message>
        <source>NTP version</source>
        <translation>NTP-Version</translation>
    </message>
    <message>
        <source>Root delay</source>
        <translation>Root Delay</translation>
    </message>
    <message>
        <source>Root dispersion</source>
        <translation>Root Dispersion</translation>
    </message>
    <message>
        <source>Last sample</source>
        <translation>Letzte Messung</translation>
    </message>
    <message>
        <source>Timestamps</source>
        <translation>Zeitstempel</translation>
    </message>
    <message>
        <source>Queries</source>
        <translation>Abfragen</translation>
    </message>
    <message>
        <source>Kiss code</source>
        <translation>Kiss-Code</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>Letzter Fehler</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
</context>
<context>
    <name>foliot::bus::Verdict</name>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation>Unerreichbar</translation>
    </message>
    <message>
        <source>Unusable</source>
        <translation>Unbrauchbar</translation>
    </message>
    <message>
        <source>Excluded</source>
        <translation>Ausgeschlossen</translation>
    </message>
    <message>
        <source>Falseticker</source>
        <translation>Falseticker</translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>Unentschieden</translation>
    </message>
    <message>
        <source>Outlier</source>
        <translation>Ausreißer</translation>
    </message>
    <message>
        <source>Combined</source>
        <translation>Kombiniert</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>Ausgewählt</translation>
    </message>
</context>
<context>
    <name>foliot::gui::AddSourceDialog</name>
    <message>
        <source>This is a &amp;pool: use several of its servers</source>
        <translation>Dies ist ein &amp;Pool: mehrere seiner Server verwenden</translation>
    </message>
    <message>
        <source>Ask in &amp;interleaved mode, which is more exact where the server supports it</source>
        <translation>Im &amp;verschränkten Modus abfragen, der genauer ist, wo der Server ihn kennt</translation>
    </message>
    <message>
        <source>Ask &amp;quickly at the start, for a first result within seconds</source>
        <translation>Zu Beginn &amp;rasch abfragen, für ein erstes Ergebnis in wenigen Sekunden</translation>
    </message>
    <message>
        <source>&amp;Keep it when the service restarts</source>
        <translation>Über einen Neustart des Dienstes hinaus &amp;behalten</translation>
    </message>
    <message>
        <source>Add a Source</source>
        <translation>Quelle hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Server:</source>
        <translation>&amp;Server:</translation>
    </message>
    <message>
        <source>P&amp;ort:</source>
        <translation>P&amp;ort:</translation>
    </message>
    <message>
        <source>This is not a complete IP address.</source>
        <translation>Das ist keine vollständige IP-Adresse.</translation>
    </message>
    <message>
        <source>This cannot be the name of a server.</source>
        <translation>Das kann nicht der Name eines Servers sein.</translation>
    </message>
    <message>
        <source>The port is a number from 1 to 65535.</source>
        <translation>Der Port ist eine Zahl von 1 bis 65535.</translation>
    </message>
    <message>
        <source>Authenticate it with &amp;Network Time Security, or do not use it</source>
        <translation>Mit &amp;Network Time Security authentifizieren, oder nicht verwenden</translation>
    </message>
</context>
<context>
    <name>foliot::gui::ClockFacts</name>
    <message>
        <source>own stratum %1</source>
        <extracomment>%1 is a number from 1 to 15: that of this computer, one more than its source&apos;s, whose name stands before it</extracomment>
        <translation>eigenes Stratum %1</translation>
    </message>
    <message>
        <source>offset %1, known to ±%2</source>
        <extracomment>%1 is an offset such as +3.2 h that was not corrected, %2 a length of time such as 0.2 ms; 99.9 % certain</extracomment>
        <translation>Abweichung %1, auf ±%2 genau bekannt</translation>
    </message>
    <message>
        <source>offset %1</source>
        <extracomment>%1 is an offset such as +12 µs</extracomment>
        <translation>Abweichung %1</translation>
    </message>
    <message>
        <source>uncertainty ±%1</source>
        <extracomment>%1 is a length of time such as 0.2 ms; 99.9 % certain</extracomment>
        <translation>Unsicherheit ±%1</translation>
    </message>
    <message>
        <source>frequency %1</source>
        <extracomment>%1 is a correction such as +30.12 ppm</extracomment>
        <translation>Frequenz %1</translation>
    </message>
    <message>
        <source>measured %1 ago</source>
        <extracomment>%1 is a length of time such as 12 min</extracomment>
        <translation>gemessen vor %1</translation>
    </message>
</context>
<context>
    <name>foliot::gui::ClockSentence</name>
    <message>
        <source>Looking for the Foliot service…</source>
        <translation>Der Foliot-Dienst wird gesucht …</translation>
    </message>
    <message>
        <source>The message bus cannot be reached</source>
        <translation>Der Nachrichtenbus ist nicht erreichbar</translation>
    </message>
    <message>
        <source>Without the system bus nothing is known about the clock. Foliot keeps trying.</source>
        <translation>Ohne den Systembus ist über die Uhr nichts bekannt. Foliot versucht es weiter.</translation>
    </message>
    <message>
        <source>Without the session bus nothing is known about the clock. Foliot keeps trying.</source>
        <translation>Ohne den Sitzungsbus ist über die Uhr nichts bekannt. Foliot versucht es weiter.</translation>
    </message>
    <message>
        <source>The Foliot service is not running</source>
        <translation>Der Foliot-Dienst läuft nicht</translation>
    </message>
    <message>
        <source>So nothing is known about the clock. Start the service, and this window shows it at once:</source>
        <translation>Über die Uhr ist deshalb nichts bekannt. Sobald der Dienst gestartet ist, zeigt dieses Fenster es an:</translation>
    </message>
    <message>
        <source>The Foliot service does not answer</source>
        <translation>Der Foliot-Dienst antwortet nicht</translation>
    </message>
    <message>
        <source>It is there but has not said anything yet. Foliot keeps asking.</source>
        <translation>Er ist da, hat aber noch nichts mitgeteilt. Foliot fragt weiter.</translation>
    </message>
    <message>
        <source>Starting: asking the sources for the time</source>
        <translation>Start: Die Quellen werden nach der Zeit gefragt</translation>
    </message>
    <message>
        <source>No source has answered yet.</source>
        <translation>Noch hat keine Quelle geantwortet.</translation>
    </message>
    <message numerus="yes">
        <source>%n source(s) answered so far.</source>
        <extracomment>%n is the number of sources that have answered</extracomment>
        <translation>
            <numerusform>%n Quelle hat bisher geantwortet.</numerusform>
            <numerusform>%n Quellen haben bisher geantwortet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Synchronized</source>
        <translation>Synchronisiert</translation>
    </message>
    <message>
        <source>Within %1 of UTC, only watched</source>
        <extracomment>%1 is a length of time such as 0.83 ms; the clock is measured, never corrected</extracomment>
        <translation>Höchstens %1 Abweichung von UTC, nur beobachtet</translation>
    </message>
    <message>
        <source>Synchronized: within %1 of UTC</source>
        <extracomment>%1 is a length of time such as 0.83 ms</extracomment>
        <translation>Synchronisiert: höchstens %1 Abweichung von UTC</translation>
    </message>
    <message numerus="yes">
        <source>%n source(s) tell the wrong time and are not used.</source>
        <extracomment>%n is the number of sources</extracomment>
        <translation>
            <numerusform>%n Quelle nennt eine falsche Zeit und wird nicht verwendet.</numerusform>
            <numerusform>%n Quellen nennen eine falsche Zeit und werden nicht verwendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Today (UTC) ends with a leap second: its last minute has 61 seconds.</source>
        <translation>Der heutige Tag (UTC) endet mit einer Schaltsekunde: Seine letzte Minute hat 61 Sekunden.</translation>
    </message>
    <message>
        <source>Today (UTC) ends with a leap second: its last minute has 59 seconds.</source>
        <translation>Der heutige Tag (UTC) endet mit einer Schaltsekunde: Seine letzte Minute hat 59 Sekunden.</translation>
    </message>
    <message>
        <source>On its own: still within %1 of UTC</source>
        <extracomment>%1 is a length of time such as 0.83 ms</extracomment>
        <translation>Auf sich gestellt: noch höchstens %1 Abweichung von UTC</translation>
    </message>
    <message>
        <source>On its own: no source can be used</source>
        <translation>Auf sich gestellt: Keine Quelle ist brauchbar</translation>
    </message>
    <message>
        <source>No source can be used at the moment. The clock runs on with its last known correction; its error may grow by %1 a day.</source>
        <extracomment>%1 is a length of time such as 1.3 s</extracomment>
        <translation>Derzeit ist keine Quelle brauchbar. Die Uhr läuft mit der zuletzt bekannten Korrektur weiter; ihr Fehler kann um %1 am Tag wachsen.</translation>
    </message>
    <message>
        <source>The sources disagree about the time</source>
        <translation>Die Quellen sind sich über die Zeit nicht einig</translation>
    </message>
    <message>
        <source>No majority of them agrees, so the clock is left as it is. Remove the wrong ones, or add one that you trust.</source>
        <translation>Es gibt keine Mehrheit, die übereinstimmt, deshalb bleibt die Uhr, wie sie ist. Entfernen Sie die falschen Quellen oder fügen Sie eine hinzu, der Sie vertrauen.</translation>
    </message>
    <message>
        <source>Too few sources agree about the time</source>
        <translation>Zu wenige Quellen stimmen über die Zeit überein</translation>
    </message>
    <message>
        <source>The configuration asks for more, or for one that is not among them, so the clock is left as it is. Add a source, or ask for less.</source>
        <translation>Die Konfiguration verlangt mehr oder eine, die nicht darunter ist, deshalb bleibt die Uhr, wie sie ist. Fügen Sie eine Quelle hinzu oder verlangen Sie weniger.</translation>
    </message>
    <message>
        <source>Correcting the clock: %1 behind, right in about %2</source>
        <extracomment>%1 is a length of time such as 1.2 s, %2 one such as 40 s</extracomment>
        <translation>Die Uhr wird korrigiert: Sie geht %1 nach, richtig in etwa %2</translation>
    </message>
    <message>
        <source>Correcting the clock: %1 ahead, right in about %2</source>
        <extracomment>%1 is a length of time such as 1.2 s, %2 one such as 40 s</extracomment>
        <translation>Die Uhr wird korrigiert: Sie geht %1 vor, richtig in etwa %2</translation>
    </message>
    <message>
        <source>It runs fast or slow until then, without a step. Step the clock to have it right at once.</source>
        <translation>Sie läuft bis dahin schneller oder langsamer, ohne Sprung. Stellen Sie die Uhr mit einem Sprung, um sie sofort richtig zu haben.</translation>
    </message>
    <message>
        <source>The clock should still be within %1 of UTC.</source>
        <extracomment>%1 is a length of time such as 0.83 ms</extracomment>
        <translation>Die Uhr dürfte noch höchstens %1 von UTC abweichen.</translation>
    </message>
    <message>
        <source>There is no source to take the time from</source>
        <translation>Es gibt keine Quelle für die Zeit</translation>
    </message>
    <message>
        <source>Add a time server or a pool of servers.</source>
        <translation>Fügen Sie einen Zeitserver oder einen Pool von Servern hinzu.</translation>
    </message>
    <message>
        <source>The clock is too far off to be corrected unasked</source>
        <translation>Die Uhr geht zu falsch, um ungefragt korrigiert zu werden</translation>
    </message>
    <message>
        <source>The clock is %1 behind</source>
        <extracomment>%1 is a length of time such as 3.2 h</extracomment>
        <translation>Die Uhr geht %1 nach</translation>
    </message>
    <message>
        <source>The clock is %1 ahead</source>
        <extracomment>%1 is a length of time such as 3.2 h</extracomment>
        <translation>Die Uhr geht %1 vor</translation>
    </message>
    <message>
        <source>That is more than is corrected without asking, and nothing is corrected until you decide. If the sources are right, step the clock.</source>
        <translation>Das ist mehr, als ungefragt korrigiert wird, und nichts wird korrigiert, bis Sie entscheiden. Wenn die Quellen recht haben, stellen Sie die Uhr.</translation>
    </message>
    <message>
        <source>The clock cannot be corrected</source>
        <translation>Die Uhr kann nicht korrigiert werden</translation>
    </message>
    <message>
        <source>The service is not allowed to set the clock. Check how it was installed and started; its log says more.</source>
        <translation>Der Dienst darf die Uhr nicht stellen. Prüfen Sie, wie er eingerichtet und gestartet wurde; sein Protokoll sagt mehr.</translation>
    </message>
    <message>
        <source>The correction that would be needed is beyond what is allowed.</source>
        <translation>Die nötige Korrektur ist größer als erlaubt.</translation>
    </message>
    <message>
        <source>A step of the clock was refused.</source>
        <translation>Das Stellen der Uhr wurde verweigert.</translation>
    </message>
    <message>
        <source>Another program keeps setting it, and two would never agree. Stop that program; an hour later, or when you step the clock, it is corrected again.</source>
        <translation>Ein anderes Programm stellt sie immer wieder, und zwei würden sich nie einig. Beenden Sie jenes Programm; eine Stunde danach, oder wenn Sie die Uhr stellen, wird sie wieder korrigiert.</translation>
    </message>
    <message>
        <source>The system refused the correction. The log of the service says more.</source>
        <translation>Das System hat die Korrektur verweigert. Das Protokoll des Dienstes sagt mehr.</translation>
    </message>
    <message>
        <source>The service is in a state that this window does not know</source>
        <translation>Der Dienst ist in einem Zustand, den dieses Fenster nicht kennt</translation>
    </message>
    <message>
        <source>The service is probably newer than this window: update both.</source>
        <translation>Der Dienst ist wahrscheinlich neuer als dieses Fenster: Aktualisieren Sie beide.</translation>
    </message>
    <message>
        <source>The Foliot service has stopped answering</source>
        <translation>Der Foliot-Dienst antwortet nicht mehr</translation>
    </message>
    <message>
        <source>Its last report is %1 old; the numbers below are from then.</source>
        <extracomment>%1 is a length of time such as 2 min</extracomment>
        <translation>Sein letzter Bericht ist %1 alt; die Zahlen unten stammen von damals.</translation>
    </message>
</context>
<context>
    <name>foliot::gui::Format</name>
    <message>
        <source>%1 ns</source>
        <extracomment>%1 is a number of nanoseconds</extracomment>
        <translation>%1 ns</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <extracomment>%1 is a number of microseconds</extracomment>
        <translation>%1 µs</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <extracomment>%1 is a number of milliseconds</extracomment>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <extracomment>%1 is a number of seconds</extracomment>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <extracomment>%1 is a number of minutes</extracomment>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <extracomment>%1 is a number of hours</extracomment>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 d</source>
        <extracomment>%1 is a number of days</extracomment>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>%1 years</source>
        <extracomment>%1 is a number of years, such as 54.1</extracomment>
        <translation>%1 Jahre</translation>
    </message>
    <message>
        <source>%1 ppm</source>
        <extracomment>%1 is a number of parts per million</extracomment>
        <translation>%1 ppm</translation>
    </message>
</context>
<context>
    <name>foliot::gui::HistoryChart</name>
    <message>
        <source>Chart of the offset</source>
        <translation>Verlauf der Abweichung</translation>
    </message>
    <message>
        <source>Chart of the jitter</source>
        <translation>Verlauf des Jitters</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <extracomment>%1 is a length of time such as 5 min</extracomment>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>Nothing measured yet</source>
        <translation>Noch nichts gemessen</translation>
    </message>
</context>
<context>
    <name>foliot::gui::HistoryPanel</name>
    <message>
        <source>up to 10 minutes</source>
        <translation>bis zu 10 Minuten</translation>
    </message>
    <message>
        <source>up to 1 hour</source>
        <translation>bis zu 1 Stunde</translation>
    </message>
    <message>
        <source>up to 6 hours</source>
        <translation>bis zu 6 Stunden</translation>
    </message>
    <message>
        <source>up to 1 day</source>
        <translation>bis zu 1 Tag</translation>
    </message>
    <message>
        <source>up to 1 week</source>
        <translation>bis zu 1 Woche</translation>
    </message>
    <message>
        <source>How far back the charts go at most</source>
        <translation>Wie weit die Diagramme höchstens zurückreichen</translation>
    </message>
    <message>
        <source>How far back the charts go at most. They begin when the service was started.</source>
        <translation>Wie weit die Diagramme höchstens zurückreichen. Sie beginnen mit dem Start des Dienstes.</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Abweichung</translation>
    </message>
    <message>
        <source>estimate</source>
        <translation>Schätzung</translation>
    </message>
    <message>
        <source>uncertainty</source>
        <translation>Unsicherheit</translation>
    </message>
    <message>
        <source>bound</source>
        <translation>Fehlergrenze</translation>
    </message>
    <message>
        <source>Jitter</source>
        <translation>Jitter</translation>
    </message>
    <message>
        <source>How much the measurements scatter.</source>
        <translation>Wie sehr die Messungen streuen.</translation>
    </message>
    <message>
        <source>UTC minus this clock. Uncertainty: the clock is within it 99.9 % of the time if the network paths are symmetric. Bound: the clock is within it whatever the paths are like, if most servers tell the truth.</source>
        <translation>UTC minus diese Uhr. Unsicherheit: Die Uhr liegt zu 99,9 % der Zeit darin, wenn die Wege im Netzwerk symmetrisch sind. Fehlergrenze: Die Uhr liegt darin, wie die Wege auch sein mögen, wenn die meisten Server die Wahrheit sagen.</translation>
    </message>
</context>
<context>
    <name>foliot::gui::HistoryReading</name>
    <message>
        <source>%1 ago</source>
        <extracomment>%1 is a length of time such as 5 min</extracomment>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>Jitter %1</source>
        <extracomment>%1 is a length of time</extracomment>
        <translation>Jitter %1</translation>
    </message>
    <message>
        <source>Offset %1</source>
        <extracomment>%1 is an offset such as +12 µs</extracomment>
        <translation>Abweichung %1</translation>
    </message>
    <message>
        <source>Uncertainty ±%1</source>
        <extracomment>%1 is a length of time</extracomment>
        <translation>Unsicherheit ±%1</translation>
    </message>
    <message>
        <source>Bound ±%1</source>
        <extracomment>%1 is a length of time</extracomment>
        <translation>Fehlergrenze ±%1</translation>
    </message>
    <message>
        <source>Nothing measured yet</source>
        <translation>Noch nichts gemessen</translation>
    </message>
    <message>
        <source>Now: %1. At most %2 in the last %3.</source>
        <extracomment>%1 says the newest values, %2 and %3 are lengths of time</extracomment>
        <translation>Jetzt: %1. Höchstens %2 in den letzten %3.</translation>
    </message>
    <message>
        <source>Now: %1. Between %2 and %3 in the last %4.</source>
        <extracomment>%1 says the newest values, %2 and %3 are offsets such as −2 ms and +80 ms, %4 is a length of time</extracomment>
        <translation>Jetzt: %1. Zwischen %2 und %3 in den letzten %4.</translation>
    </message>
</context>
<context>
    <name>foliot::gui::MainWindow</name>
    <message>
        <source>Foliot</source>
        <translation>Foliot</translation>
    </message>
    <message>
        <source>&amp;Add Source…</source>
        <translation>Quelle &amp;hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Re&amp;fresh Now</source>
        <translation>&amp;Jetzt abfragen</translation>
    </message>
    <message>
        <source>&amp;Step Clock…</source>
        <translation>&amp;Uhr stellen …</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>A&amp;bout Foliot</source>
        <translation>Ü&amp;ber Foliot</translation>
    </message>
    <message>
        <source>C&amp;lose Window</source>
        <translation>&amp;Fenster schließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Ask all sources for the time now</source>
        <translation>Alle Quellen jetzt nach der Zeit fragen</translation>
    </message>
    <message>
        <source>Correct the clock at once instead of gradually</source>
        <translation>Die Uhr auf einmal statt allmählich korrigieren</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Übereinstimmung</translation>
    </message>
    <message>
        <source>this clock</source>
        <translation>diese Uhr</translation>
    </message>
    <message>
        <source>agreed by the majority</source>
        <translation>von der Mehrheit bestätigt</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Step the Clock</source>
        <translation>Uhr stellen</translation>
    </message>
    <message>
        <source>Set the clock back by %1?</source>
        <extracomment>%1 is a length of time such as 3.2 h</extracomment>
        <translation>Uhr um %1 zurückstellen?</translation>
    </message>
    <message>
        <source>Set the clock forward by %1?</source>
        <extracomment>%1 is a length of time such as 3.2 h</extracomment>
        <translation>Uhr um %1 vorstellen?</translation>
    </message>
    <message>
        <source>It jumps at once. Programs that measure time by the clock may be confused by this; small errors are better left to be corrected gradually.</source>
        <translation>Sie springt auf einmal. Programme, die Zeit an der Uhr messen, kann das verwirren; kleine Fehler werden besser allmählich korrigiert.</translation>
    </message>
    <message>
        <source>Step Clock</source>
        <translation>Uhr stellen</translation>
    </message>
    <message>
        <source>About Foliot</source>
        <translation>Über Foliot</translation>
    </message>
    <message>
        <source>Foliot %1</source>
        <extracomment>%1 is a version such as 0.1.0</extracomment>
        <translation>Foliot %1</translation>
    </message>
    <message>
        <source>Keeps the clock of this computer right, and shows how right it is.

Named after the bar that swung in the first mechanical clocks. Licence: GPL, version 3 or later.</source>
        <translation>Hält die Uhr dieses Rechners richtig und zeigt, wie richtig sie geht.

Benannt nach dem Balken, der in den ersten mechanischen Uhren schwang. Lizenz: GPL, Version 3 oder neuer.</translation>
    </message>
    <message>
        <source>Version of the service: %1</source>
        <extracomment>%1 is a version such as 0.1.0</extracomment>
        <translation>Version des Dienstes: %1</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Details</translation>
    </message>
    <message>
        <source>All that is known about the source</source>
        <translation>Alles, was über die Quelle bekannt ist</translation>
    </message>
    <message>
        <source>The settings from before stay in force, because the configuration file is wrong: %1</source>
        <extracomment>%1 is a place in a file and what is wrong there, in English</extracomment>
        <translation>Es gelten weiter die bisherigen Einstellungen, weil die Konfigurationsdatei fehlerhaft ist: %1</translation>
    </message>
    <message>
        <source>The service takes these settings only when it is restarted: %1</source>
        <extracomment>%1 is a list of settings, as they are called in the configuration file</extracomment>
        <translation>Diese Einstellungen übernimmt der Dienst erst, wenn er neu gestartet wird: %1</translation>
    </message>
    <message>
        <source>Not every source is asked as it was set up: %1</source>
        <extracomment>%1 is one sentence for each such source, in English</extracomment>
        <translation>Nicht jede Quelle wird so gefragt, wie sie eingerichtet ist: %1</translation>
    </message>
    <message>
        <source>Another program keeps this clock, so the service only watches it: %1</source>
        <extracomment>%1 is a list of programs</extracomment>
        <translation>Ein anderes Programm stellt diese Uhr, deshalb beobachtet der Dienst sie nur: %1</translation>
    </message>
    <message>
        <source>Leap seconds are known from the sources alone: %1</source>
        <extracomment>%1 is what is wrong, in English</extracomment>
        <translation>Schaltsekunden sind nur von den Quellen bekannt: %1</translation>
    </message>
    <message>
        <source>What is learnt about the clock is lost at the next restart: %1</source>
        <extracomment>%1 is what is wrong, in English</extracomment>
        <translation>Was über die Uhr gelernt wird, ist beim nächsten Neustart verloren: %1</translation>
    </message>
    <message>
        <source>Let other devices ask this computer for the time: those in its own networks, unless the configuration file says otherwise</source>
        <translation>Andere Geräte dürfen diesen Rechner nach der Zeit fragen: die in seinen eigenen Netzwerken, wenn die Konfigurationsdatei nichts anderes sagt</translation>
    </message>
    <message>
        <source>Other devices can ask this computer for the time on %1</source>
        <extracomment>%1 is a list of addresses</extracomment>
        <translation>Andere Geräte können diesen Rechner nach der Zeit fragen, unter %1</translation>
    </message>
    <message>
        <source>For authenticated time, keys are exchanged on %1</source>
        <extracomment>%1 is a list of addresses</extracomment>
        <translation>Für authentifizierte Zeit werden Schlüssel ausgetauscht, unter %1</translation>
    </message>
    <message>
        <source>Certificate for %1, until %2</source>
        <extracomment>%1 is a list of names of this computer, %2 a date</extracomment>
        <translation>Zertifikat für %1, bis %2</translation>
    </message>
    <message>
        <source>Keys exchanged: %1, authenticated answers: %2</source>
        <extracomment>%1 and %2 are numbers</extracomment>
        <translation>Schlüssel ausgetauscht: %1, authentifizierte Antworten: %2</translation>
    </message>
    <message>
        <source>Authenticated time is not served as it was set up: %1</source>
        <extracomment>%1 is what is wrong, in English</extracomment>
        <translation>Authentifizierte Zeit wird nicht so angeboten, wie es eingerichtet wurde: %1</translation>
    </message>
    <message>
        <source>Time is not served to the network: %1</source>
        <extracomment>%1 is what is wrong, in English</extracomment>
        <translation>Dem Netzwerk wird keine Zeit angeboten: %1</translation>
    </message>
    <message>
        <source>Time is not served on every address: %1</source>
        <extracomment>%1 is what is wrong, in English</extracomment>
        <translation>Die Zeit wird nicht unter jeder Adresse angeboten: %1</translation>
    </message>
    <message>
        <source>Ser&amp;ve Time to My Network</source>
        <translation>Meinem Netzwerk die &amp;Zeit anbieten</translation>
    </message>
</context>
<context>
    <name>foliot::gui::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
</context>
<context>
    <name>foliot::gui::PlaceholderPage</name>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Add Source…</source>
        <translation>Quelle hinzufügen …</translation>
    </message>
</context>
<context>
    <name>foliot::gui::ScaleName</name>
    <message>
        <source>symmetric-logarithmic scale</source>
        <translation>symmetrisch-logarithmische Skala</translation>
    </message>
    <message>
        <source>symmetric log scale</source>
        <translation>symmetr. log. Skala</translation>
    </message>
    <message>
        <source>log scale</source>
        <translation>log. Skala</translation>
    </message>
    <message>
        <source>The scale is symmetric-logarithmic where what is far away would squeeze the rest: linear about zero, logarithmic beyond.</source>
        <translation>Die Skala ist symmetrisch-logarithmisch, wo sonst Fernes alles andere zusammendrängen würde: linear um die Null, jenseits davon logarithmisch.</translation>
    </message>
</context>
<context>
    <name>foliot::gui::SelectionRowPainter</name>
    <message>
        <source>%1 · %2</source>
        <extracomment>%1 is a verdict such as &quot;Combined&quot;, %2 a numeric address</extracomment>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>foliot::gui::SelectionView</name>
    <message>
        <source>Picture of the selection</source>
        <translation>Bild der Auswahl</translation>
    </message>
    <message>
        <source>The interval in which the time of each source can lie, and where most of them agree.</source>
        <translation>Der Bereich, in dem die Zeit jeder Quelle liegen kann, und wo die meisten übereinstimmen.</translation>
    </message>
    <message>
        <source>No sources</source>
        <translation>Keine Quellen</translation>
    </message>
</context>
<context>
    <name>foliot::gui::ServiceRequests</name>
    <message>
        <source>Adding %1…</source>
        <extracomment>%1 is the name or address of a server</extracomment>
        <translation>%1 wird hinzugefügt …</translation>
    </message>
    <message>
        <source>%1 was added.</source>
        <extracomment>%1 is the name or address of a server</extracomment>
        <translation>%1 wurde hinzugefügt.</translation>
    </message>
    <message>
        <source>%1 was not added. %2</source>
        <extracomment>%1 is the name or address of a server, %2 a sentence</extracomment>
        <translation>%1 wurde nicht hinzugefügt. %2</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten …</translation>
    </message>
    <message>
        <source>%1 was not removed. %2</source>
        <extracomment>%1 is the name or address of a server, %2 a sentence</extracomment>
        <translation>%1 wurde nicht entfernt. %2</translation>
    </message>
    <message>
        <source>%1 was removed.</source>
        <extracomment>%1 is the name or address of a server</extracomment>
        <translation>%1 wurde entfernt.</translation>
    </message>
    <message numerus="yes">
        <source>%n source(s) were removed.</source>
        <extracomment>%n is the number of sources</extracomment>
        <translation>
            <numerusform>%n Quelle wurde entfernt.</numerusform>
            <numerusform>%n Quellen wurden entfernt.</numerusform>
        </translation>
    </message>
    <message>
        <source>What is in the configuration file comes back when the service restarts.</source>
        <translation>Was in der Konfigurationsdatei steht, kommt beim Neustart des Dienstes wieder.</translation>
    </message>
    <message>
        <source>The rest of the pool stays; to remove the pool, remove all of its servers.</source>
        <translation>Die übrigen Server des Pools bleiben; um den Pool zu entfernen, entfernen Sie alle seine Server.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig machen</translation>
    </message>
    <message>
        <source>%1 is back.</source>
        <extracomment>%1 is the name or address of a server</extracomment>
        <translation>%1 ist wieder da.</translation>
    </message>
    <message>
        <source>The sources could not be asked. %1</source>
        <extracomment>%1 is a sentence</extracomment>
        <translation>Die Quellen konnten nicht gefragt werden. %1</translation>
    </message>
    <message>
        <source>The clock was stepped.</source>
        <translation>Die Uhr wurde gestellt.</translation>
    </message>
    <message>
        <source>The clock was not stepped. %1</source>
        <extracomment>%1 is a sentence</extracomment>
        <translation>Die Uhr wurde nicht gestellt. %1</translation>
    </message>
    <message>
        <source>It is there already.</source>
        <translation>Diese Quelle gibt es schon.</translation>
    </message>
    <message>
        <source>There are as many sources as the service allows.</source>
        <translation>Es gibt schon so viele Quellen, wie der Dienst erlaubt.</translation>
    </message>
    <message>
        <source>It is not there any more.</source>
        <translation>Diese Quelle gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The service has no key with this number.</source>
        <translation>Der Dienst hat keinen Schlüssel mit dieser Nummer.</translation>
    </message>
    <message>
        <source>The right time is not known yet.</source>
        <translation>Die richtige Zeit ist noch nicht bekannt.</translation>
    </message>
    <message>
        <source>The clock cannot be set at the moment.</source>
        <translation>Die Uhr kann derzeit nicht gestellt werden.</translation>
    </message>
    <message>
        <source>The error is larger than what you agreed to.</source>
        <translation>Der Fehler ist größer als das, dem Sie zugestimmt haben.</translation>
    </message>
    <message>
        <source>The service could not write it down, so nothing was changed.</source>
        <translation>Der Dienst konnte es nicht speichern, deshalb wurde nichts geändert.</translation>
    </message>
    <message>
        <source>You are not allowed to do this.</source>
        <translation>Sie dürfen das nicht.</translation>
    </message>
    <message>
        <source>The service is not running.</source>
        <translation>Der Dienst läuft nicht.</translation>
    </message>
    <message>
        <source>The service did not answer.</source>
        <translation>Der Dienst hat nicht geantwortet.</translation>
    </message>
    <message>
        <source>The service is called more often than it can answer. Try again in a few seconds.</source>
        <translation>Der Dienst wird öfter aufgerufen, als er antworten kann. Versuchen Sie es in einigen Sekunden noch einmal.</translation>
    </message>
    <message>
        <source>Time is not served to the network. %1</source>
        <extracomment>%1 is a sentence</extracomment>
        <translation>Dem Netzwerk wird keine Zeit angeboten. %1</translation>
    </message>
    <message>
        <source>Time is still served to the network. %1</source>
        <extracomment>%1 is a sentence</extracomment>
        <translation>Dem Netzwerk wird weiterhin die Zeit angeboten. %1</translation>
    </message>
    <message>
        <source>Time is served to the network on %1.</source>
        <extracomment>%1 is a list of addresses</extracomment>
        <translation>Dem Netzwerk wird die Zeit angeboten, unter %1.</translation>
    </message>
    <message>
        <source>Time is no longer served to the network.</source>
        <translation>Dem Netzwerk wird die Zeit nicht mehr angeboten.</translation>
    </message>
    <message>
        <source>The service says: %1</source>
        <extracomment>%1 is what is wrong, in English</extracomment>
        <translation>Der Dienst meldet: %1</translation>
    </message>
</context>
<context>
    <name>foliot::gui::SilenceText</name>
    <message>
        <source>No source answers</source>
        <translation>Keine Quelle antwortet</translation>
    </message>
    <message>
        <source>Check the network connection. Foliot keeps asking.</source>
        <translation>Prüfen Sie die Netzwerkverbindung. Foliot fragt weiter.</translation>
    </message>
    <message>
        <source>No source can be asked: there are no keys for it</source>
        <translation>Keine Quelle kann gefragt werden: Es fehlen die Schlüssel dafür</translation>
    </message>
    <message>
        <source>The details of each source say why. Foliot keeps trying.</source>
        <translation>Die Einzelheiten jeder Quelle sagen, warum. Foliot versucht es weiter.</translation>
    </message>
    <message>
        <source>No answer of a source is authentic</source>
        <translation>Keine Antwort einer Quelle ist echt</translation>
    </message>
    <message>
        <source>Their keys are not ours: compare id, type and secret in the key files.</source>
        <translation>Ihre Schlüssel sind nicht die unseren: Vergleichen Sie Nummer, Art und Geheimnis in den Schlüsseldateien.</translation>
    </message>
    <message>
        <source>No name of a source can be resolved</source>
        <translation>Kein Name einer Quelle lässt sich auflösen</translation>
    </message>
    <message>
        <source>Check the network connection and its name servers. Foliot keeps trying.</source>
        <translation>Prüfen Sie die Netzwerkverbindung und ihre Nameserver. Foliot versucht es weiter.</translation>
    </message>
    <message>
        <source>No source answers: no time server runs there</source>
        <translation>Keine Quelle antwortet: Dort läuft kein Zeitserver</translation>
    </message>
    <message>
        <source>Check the addresses and ports of the sources.</source>
        <translation>Prüfen Sie die Adressen und Ports der Quellen.</translation>
    </message>
    <message>
        <source>The sources refuse to serve this computer</source>
        <translation>Die Quellen weigern sich, diesen Rechner zu bedienen</translation>
    </message>
    <message>
        <source>Use other sources.</source>
        <translation>Nehmen Sie andere Quellen.</translation>
    </message>
    <message>
        <source>No source knows the time itself</source>
        <translation>Keine Quelle kennt selbst die Zeit</translation>
    </message>
    <message>
        <source>They answer that they are not synchronized. Wait, or add another source.</source>
        <translation>Sie antworten, dass sie nicht synchronisiert sind. Warten Sie, oder fügen Sie eine andere Quelle hinzu.</translation>
    </message>
</context>
<context>
    <name>foliot::gui::SourceColumns</name>
    <message>
        <source>What the comparison of all sources made of this one.</source>
        <translation>Was der Vergleich aller Quellen für diese ergeben hat.</translation>
    </message>
    <message>
        <source>Distance from a reference clock, counted in servers.</source>
        <translation>Entfernung von einer Referenzuhr, gezählt in Servern.</translation>
    </message>
    <message>
        <source>The last eight queries, newest at the end; filled when answered.</source>
        <translation>Die letzten acht Abfragen, die neueste am Ende; ausgefüllt, wenn beantwortet.</translation>
    </message>
    <message>
        <source>How often the source is asked.</source>
        <translation>Wie oft die Quelle gefragt wird.</translation>
    </message>
    <message>
        <source>Time of the source minus time of this computer.</source>
        <translation>Zeit der Quelle minus Zeit dieses Rechners.</translation>
    </message>
    <message>
        <source>Smallest recent time for question and answer together.</source>
        <translation>Kürzeste Zeit der letzten Abfragen für Frage und Antwort zusammen.</translation>
    </message>
    <message>
        <source>How much its answers scatter.</source>
        <translation>Wie sehr ihre Antworten streuen.</translation>
    </message>
    <message>
        <source>Time since the last usable answer.</source>
        <translation>Zeit seit der letzten brauchbaren Antwort.</translation>
    </message>
</context>
<context>
    <name>foliot::gui::SourceDetails</name>
    <message>
        <source>Its Time</source>
        <translation>Ihre Zeit</translation>
    </message>
    <message>
        <source>%1 ± %2</source>
        <extracomment>%1 is an offset such as +12 µs, %2 its uncertainty</extracomment>
        <translation>%1 ± %2</translation>
    </message>
    <message>
        <source>Time of the source minus time of this computer, from its recent answers together; with one standard deviation.</source>
        <translation>Zeit der Quelle minus Zeit dieses Rechners, aus ihren letzten Antworten zusammen; mit einer Standardabweichung.</translation>
    </message>
    <message>
        <source>Where the true time lies if this source tells the truth, relative to this computer. Selection compares these intervals.</source>
        <translation>Wo die wahre Zeit gegenüber diesem Rechner liegt, wenn die Quelle die Wahrheit sagt. Diese Bereiche vergleicht die Auswahl.</translation>
    </message>
    <message>
        <source>How much its answers scatter.</source>
        <translation>Wie sehr ihre Antworten streuen.</translation>
    </message>
    <message>
        <source>How fast it gains on the bare oscillator of this computer, which no correction moves.</source>
        <translation>Wie schnell sie gegenüber dem unkorrigierten Schwingquarz dieses Rechners vorgeht; daran ändert keine Korrektur etwas.</translation>
    </message>
    <message>
        <source>Smallest recent time for question and answer together.</source>
        <translation>Kürzeste Zeit der letzten Abfragen für Frage und Antwort zusammen.</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>The numeric address that is asked.</source>
        <translation>Die numerische Adresse, die gefragt wird.</translation>
    </message>
    <message>
        <source>The numeric address where keys are exchanged.</source>
        <translation>Die numerische Adresse, an der Schlüssel ausgetauscht werden.</translation>
    </message>
    <message>
        <source>Distance from a reference clock, counted in servers.</source>
        <translation>Entfernung von einer Referenzuhr, gezählt in Servern.</translation>
    </message>
    <message>
        <source>Where it has its time from: a kind of reference clock at stratum 1, else the address of its own server or a digest of it.</source>
        <translation>Woher sie ihre Zeit hat: bei Stratum 1 eine Art von Referenzuhr, sonst die Adresse ihres eigenen Servers oder eine Prüfsumme davon.</translation>
    </message>
    <message>
        <source>Its own way to the reference clock and back.</source>
        <translation>Ihre eigene Laufzeit zur Referenzuhr und zurück.</translation>
    </message>
    <message>
        <source>Its own possible error against the reference clock, as it says.</source>
        <translation>Ihr eigener möglicher Fehler gegenüber der Referenzuhr, nach ihren Angaben.</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <extracomment>%1 is a length of time such as 5 min</extracomment>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keine</translation>
    </message>
    <message>
        <source>Time since the last usable answer.</source>
        <translation>Zeit seit der letzten brauchbaren Antwort.</translation>
    </message>
    <message>
        <source>offset %1, delay %2</source>
        <extracomment>%1 is an offset such as +12 µs, %2 a delay such as 2 ms</extracomment>
        <translation>Abweichung %1, Laufzeit %2</translation>
    </message>
    <message>
        <source>What the last answer would mean by itself.</source>
        <translation>Was die letzte Antwort für sich allein bedeuten würde.</translation>
    </message>
    <message>
        <source>Who noted when the last answer left and came. Closer to the network is more exact.</source>
        <translation>Wer notiert hat, wann die letzte Frage ging und die Antwort kam. Je näher am Netz, desto genauer.</translation>
    </message>
    <message>
        <source>Interleaved</source>
        <translation>Verschränkt</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no, the server answered in basic mode</source>
        <translation>nein, der Server antwortete im einfachen Modus</translation>
    </message>
    <message>
        <source>Whether the last answer told when the one before it really left the server. It is measured with that then.</source>
        <translation>Ob die letzte Antwort sagte, wann die vorige den Server wirklich verließ. Dann wird mit dieser Zeit gemessen.</translation>
    </message>
    <message>
        <source>Usable answers since the service started.</source>
        <translation>Brauchbare Antworten seit dem Start des Dienstes.</translation>
    </message>
    <message numerus="yes">
        <source>%n of the last 8 queries</source>
        <extracomment>%n is how many of them were answered</extracomment>
        <translation>
            <numerusform>%n der letzten 8 Abfragen</numerusform>
            <numerusform>%n der letzten 8 Abfragen</numerusform>
        </translation>
    </message>
    <message>
        <source>How often the source is asked.</source>
        <translation>Wie oft die Quelle gefragt wird.</translation>
    </message>
    <message>
        <source>Code of the last packet that asked to be left alone or asked less often (kiss-o&apos;-death).</source>
        <translation>Code des letzten Pakets, das darum bat, nicht oder seltener zu fragen (Kiss-o’-Death).</translation>
    </message>
    <message>
        <source>%1 (between %2 and %3)</source>
        <extracomment>All are lengths of time: asked every %1, by choice between %2 and %3</extracomment>
        <translation>%1 (zwischen %2 und %3)</translation>
    </message>
    <message>
        <source>Packets Dropped</source>
        <translation>Verworfene Pakete</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>a pool of servers</source>
        <translation>ein Pool von Servern</translation>
    </message>
    <message>
        <source>preferred</source>
        <translation>bevorzugt</translation>
    </message>
    <message>
        <source>trusted</source>
        <translation>vertrauenswürdig</translation>
    </message>
    <message>
        <source>required</source>
        <translation>erforderlich</translation>
    </message>
    <message>
        <source>only watched</source>
        <translation>nur beobachtet</translation>
    </message>
    <message>
        <source>asked quickly at the start</source>
        <translation>zu Beginn rasch abgefragt</translation>
    </message>
    <message>
        <source>asked in interleaved mode</source>
        <translation>im verschränkten Modus abgefragt</translation>
    </message>
    <message>
        <source>one that spreads leap seconds over hours</source>
        <translation>eine, die Schaltsekunden über Stunden verteilt</translation>
    </message>
    <message>
        <source>none announced</source>
        <translation>keine angekündigt</translation>
    </message>
    <message>
        <source>a second will be inserted</source>
        <translation>eine Sekunde wird eingefügt</translation>
    </message>
    <message>
        <source>a second will be left out</source>
        <translation>eine Sekunde wird ausgelassen</translation>
    </message>
    <message>
        <source>says that it is not synchronized</source>
        <translation>ist nach eigener Angabe nicht synchronisiert</translation>
    </message>
    <message>
        <source>by the network hardware</source>
        <translation>von der Netzwerkhardware</translation>
    </message>
    <message>
        <source>by the kernel</source>
        <translation>vom Systemkern</translation>
    </message>
    <message>
        <source>by the service itself, less exact</source>
        <translation>vom Dienst selbst, weniger genau</translation>
    </message>
    <message>
        <source>Shorter than an NTP header</source>
        <translation>Kürzer als ein NTP-Kopf</translation>
    </message>
    <message>
        <source>Longer than any answer</source>
        <translation>Länger als jede Antwort</translation>
    </message>
    <message>
        <source>In another version than was asked in</source>
        <translation>In anderer Version als gefragt</translation>
    </message>
    <message>
        <source>Not the answer of a server</source>
        <translation>Nicht die Antwort eines Servers</translation>
    </message>
    <message>
        <source>With malformed extension fields</source>
        <translation>Mit fehlerhaften Erweiterungsfeldern</translation>
    </message>
    <message>
        <source>From another address than was asked</source>
        <translation>Von einer anderen Adresse als gefragt</translation>
    </message>
    <message>
        <source>Not an answer to the request (perhaps forged)</source>
        <translation>Keine Antwort auf die Frage (womöglich gefälscht)</translation>
    </message>
    <message>
        <source>Without the request&apos;s timestamp</source>
        <translation>Ohne den Zeitstempel der Frage</translation>
    </message>
    <message>
        <source>The same answer again</source>
        <translation>Dieselbe Antwort noch einmal</translation>
    </message>
    <message>
        <source>Without the server&apos;s timestamps</source>
        <translation>Ohne die Zeitstempel des Servers</translation>
    </message>
    <message>
        <source>Answered before it was asked</source>
        <translation>Beantwortet, bevor gefragt wurde</translation>
    </message>
    <message>
        <source>With an implausible distance from the reference clock</source>
        <translation>Mit unglaubwürdiger Entfernung von der Referenzuhr</translation>
    </message>
    <message>
        <source>Not asked for</source>
        <translation>Nicht erbeten</translation>
    </message>
    <message>
        <source>Without the required authentication</source>
        <translation>Ohne die verlangte Authentifizierung</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>Authentifizierung</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>authenticated by Network Time Security</source>
        <translation>authentifiziert durch Network Time Security</translation>
    </message>
    <message>
        <source>no keys: it is not used</source>
        <translation>keine Schlüssel: sie wird nicht benutzt</translation>
    </message>
    <message>
        <source>With Network Time Security a source is authenticated, or it is not used.</source>
        <translation>Mit Network Time Security ist eine Quelle authentifiziert, oder sie wird nicht benutzt.</translation>
    </message>
    <message>
        <source>Time server</source>
        <translation>Zeitserver</translation>
    </message>
    <message>
        <source>The server that the keys are for; the one that gave them named it.</source>
        <translation>Der Server, für den die Schlüssel sind; genannt hat ihn der, der sie vergab.</translation>
    </message>
    <message>
        <source>Algorithm</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>What authenticates the packets.</source>
        <translation>Was die Pakete authentifiziert.</translation>
    </message>
    <message>
        <source>Cookies</source>
        <translation>Cookies</translation>
    </message>
    <message>
        <source>%1 of 8</source>
        <extracomment>%1 is a number from 0 to 8</extracomment>
        <translation>%1 von 8</translation>
    </message>
    <message>
        <source>Each query spends one, and its answer brings another. New keys are needed when none is left.</source>
        <translation>Jede Anfrage verbraucht eines, und ihre Antwort bringt ein neues. Ist keines mehr da, werden neue Schlüssel gebraucht.</translation>
    </message>
    <message>
        <source>Keys from</source>
        <translation>Schlüssel vom</translation>
    </message>
    <message>
        <source>When keys were exchanged last.</source>
        <translation>Wann zuletzt Schlüssel ausgetauscht wurden.</translation>
    </message>
    <message>
        <source>Key exchanges</source>
        <translation>Schlüsseltausch</translation>
    </message>
    <message>
        <source>%1, and %2 failed; %3 cookies were refused</source>
        <extracomment>All are numbers</extracomment>
        <translation>%1, und %2 scheiterten; %3 Cookies wurden abgelehnt</translation>
    </message>
    <message>
        <source>Since the service started.</source>
        <translation>Seit der Dienst läuft.</translation>
    </message>
    <message>
        <source>Next exchange</source>
        <translation>Nächster Tausch</translation>
    </message>
    <message>
        <source>not before %1</source>
        <extracomment>%1 is a date and time</extracomment>
        <translation>nicht vor %1</translation>
    </message>
    <message>
        <source>A server that gave no usable keys is not asked again too soon.</source>
        <translation>Ein Server, der keine brauchbaren Schlüssel gab, wird nicht zu bald wieder gefragt.</translation>
    </message>
    <message>
        <source>Last failure</source>
        <translation>Letzter Fehlschlag</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Who the server may say that it is.</source>
        <translation>Als wer sich der Server ausweisen darf.</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Ausgestellt von</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Its dates</source>
        <translation>Seine Gültigkeit</translation>
    </message>
    <message>
        <source>not valid by the clock of this computer, which may be wrong</source>
        <translation>nach der Uhr dieses Rechners ungültig, die falsch gehen kann</translation>
    </message>
    <message>
        <source>They are judged again once the time is known.</source>
        <translation>Sie werden erneut geprüft, sobald die Zeit bekannt ist.</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <extracomment>%1 and %2 are offsets such as −3 ms and +12 ms</extracomment>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>What its time may be wrong by: half of the whole way to the reference clock and back, and all that may have added up on it.</source>
        <translation>Um wie viel ihre Zeit falsch sein kann: die halbe Laufzeit zur Referenzuhr und zurück und alles, was unterwegs hinzugekommen sein kann.</translation>
    </message>
    <message>
        <source>%1, %2 answered</source>
        <extracomment>%1 and %2 are numbers</extracomment>
        <translation>%1, %2 beantwortet</translation>
    </message>
</context>
<context>
    <name>foliot::gui::SourceDetailsDialog</name>
    <message>
        <source>Source Details</source>
        <translation>Details der Quelle</translation>
    </message>
    <message>
        <source>Property</source>
        <translation>Eigenschaft</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy all of it as text</source>
        <translation>Alles als Text kopieren</translation>
    </message>
    <message>
        <source>This source is not there any more.</source>
        <translation>Diese Quelle gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The service has no key with this number.</source>
        <translation>Der Dienst hat keinen Schlüssel mit dieser Nummer.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is a verdict such as &quot;Falseticker&quot;, %2 a sentence that says why</extracomment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>foliot::gui::SourceModel</name>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is a verdict such as &quot;Falseticker&quot;, %2 a sentence that says why</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Offset %1 ± %2 (one standard deviation).</source>
        <extracomment>%1 is an offset such as +12 µs, %2 its uncertainty</extracomment>
        <translation>Abweichung %1 ± %2 (eine Standardabweichung).</translation>
    </message>
    <message>
        <source>It can be wrong by up to %1.</source>
        <extracomment>%1 is a length of time</extracomment>
        <translation>Sie kann um bis zu %1 falsch gehen.</translation>
    </message>
    <message>
        <source>Timestamps by the network hardware.</source>
        <translation>Zeitstempel von der Netzwerkhardware.</translation>
    </message>
    <message>
        <source>Timestamps by the kernel.</source>
        <translation>Zeitstempel vom Systemkern.</translation>
    </message>
    <message>
        <source>Timestamps by the service itself, which are less exact.</source>
        <translation>Zeitstempel vom Dienst selbst, die weniger genau sind.</translation>
    </message>
    <message numerus="yes">
        <source>%n of the last 8 queries answered</source>
        <extracomment>%n is how many of the last eight queries were answered</extracomment>
        <translation>
            <numerusform>%n der letzten 8 Abfragen beantwortet</numerusform>
            <numerusform>%n der letzten 8 Abfragen beantwortet</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <extracomment>%1 is the name of a source, %2 a verdict such as &quot;Falseticker&quot;</extracomment>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>Its time must be between %1 and %2.</source>
        <extracomment>%1 and %2 are offsets such as −3 ms and +12 ms</extracomment>
        <translation>Ihre Zeit muss zwischen %1 und %2 liegen.</translation>
    </message>
    <message>
        <source>Authenticated by Network Time Security.</source>
        <translation>Authentifiziert durch Network Time Security.</translation>
    </message>
    <message>
        <source>%1, authenticated</source>
        <extracomment>%1 is the name of a source</extracomment>
        <translation>%1, authentifiziert</translation>
    </message>
</context>
<context>
    <name>foliot::gui::SourceTable</name>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
</context>
<context>
    <name>foliot::gui::StatusHeader</name>
    <message>
        <source>Add Source…</source>
        <translation>Quelle hinzufügen …</translation>
    </message>
    <message>
        <source>Step Clock…</source>
        <translation>Uhr stellen …</translation>
    </message>
</context>
<context>
    <name>foliot::gui::TrayIcon</name>
    <message>
        <source>&amp;Open Foliot</source>
        <translation>Foliot ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Add Source…</source>
        <translation>Quelle &amp;hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Foliot keeps watching the clock</source>
        <translation>Foliot behält die Uhr im Auge</translation>
    </message>
    <message>
        <source>Its icon stays in the notification area. To quit, use the icon&apos;s menu.</source>
        <translation>Das Symbol bleibt im Systemabschnitt der Kontrollleiste. Beenden können Sie Foliot im Menü des Symbols.</translation>
    </message>
</context>
<context>
    <name>foliot::gui::VerdictText</name>
    <message>
        <source>Its first answers are still to come.</source>
        <translation>Ihre ersten Antworten stehen noch aus.</translation>
    </message>
    <message>
        <source>It does not answer.</source>
        <translation>Sie antwortet nicht.</translation>
    </message>
    <message>
        <source>Its name cannot be resolved to an address.</source>
        <translation>Zu ihrem Namen lässt sich keine Adresse finden.</translation>
    </message>
    <message>
        <source>There is no network route to it.</source>
        <translation>Es gibt im Netzwerk keinen Weg zu ihr.</translation>
    </message>
    <message>
        <source>Its computer answers that no time server runs there.</source>
        <translation>Ihr Rechner antwortet, dass dort kein Zeitserver läuft.</translation>
    </message>
    <message>
        <source>There are no keys to authenticate it with, and without them it is not used.</source>
        <translation>Es gibt keine Schlüssel, mit denen sie sich authentifizieren ließe; ohne sie wird sie nicht benutzt.</translation>
    </message>
    <message>
        <source>Its server is asked already, authenticated, as another source.</source>
        <translation>Ihr Server wird schon als eine andere Quelle gefragt, und zwar authentifiziert.</translation>
    </message>
    <message>
        <source>It says that its own clock is not synchronized.</source>
        <translation>Sie sagt, dass ihre eigene Uhr nicht synchronisiert ist.</translation>
    </message>
    <message>
        <source>Its possible error is too large to be of use.</source>
        <translation>Ihr möglicher Fehler ist zu groß, um von Nutzen zu sein.</translation>
    </message>
    <message>
        <source>It takes its time from this computer, so following it would be a loop.</source>
        <translation>Sie bezieht ihre Zeit von diesem Rechner; ihr zu folgen hieße, sich im Kreis zu drehen.</translation>
    </message>
    <message>
        <source>It follows another of the sources, which speaks for it.</source>
        <translation>Sie folgt einer anderen der Quellen, die für sie mit spricht.</translation>
    </message>
    <message>
        <source>It has no source itself, and another computer is the one to follow then.</source>
        <translation>Sie hat selbst keine Quelle, und ein anderer Rechner ist dann der, dem gefolgt wird.</translation>
    </message>
    <message>
        <source>It spreads leap seconds over hours, which the other sources do not.</source>
        <translation>Sie verteilt Schaltsekunden über Stunden, was die anderen Quellen nicht tun.</translation>
    </message>
    <message>
        <source>Its last usable answer is too old.</source>
        <translation>Ihre letzte brauchbare Antwort ist zu alt.</translation>
    </message>
    <message>
        <source>Its time cannot be right if the majority is: its interval misses the one where they agree (a falseticker).</source>
        <translation>Ihre Zeit kann nicht richtig sein, wenn die Mehrheit recht hat: Ihr Bereich verfehlt den, in dem sie übereinstimmt (ein „Falseticker“).</translation>
    </message>
    <message>
        <source>Its time cannot be right if the sources that are trusted are: its interval misses theirs.</source>
        <translation>Ihre Zeit kann nicht stimmen, wenn die der Quellen stimmt, denen vertraut wird: Ihr Bereich verfehlt deren Bereich.</translation>
    </message>
    <message>
        <source>No majority of the sources agrees, so nobody can say whether it is right.</source>
        <translation>Keine Mehrheit der Quellen stimmt überein, deshalb kann niemand sagen, ob sie richtig geht.</translation>
    </message>
    <message>
        <source>Fewer sources agree with it than the configuration asks for.</source>
        <translation>Weniger Quellen stimmen mit ihr überein, als die Konfiguration verlangt.</translation>
    </message>
    <message>
        <source>None of the sources that the configuration requires can be used and agrees, so the clock is left alone.</source>
        <translation>Keine der Quellen, die die Konfiguration verlangt, ist nutzbar und stimmt überein; deshalb bleibt die Uhr, wie sie ist.</translation>
    </message>
    <message>
        <source>It tells the right time, but its answers scatter so much that using them would make the result worse.</source>
        <translation>Sie nennt die richtige Zeit, aber ihre Antworten streuen so sehr, dass sie das Ergebnis verschlechtern würden.</translation>
    </message>
    <message>
        <source>It tells the right time, but a preferred source is used alone.</source>
        <translation>Sie nennt die richtige Zeit, aber eine bevorzugte Quelle wird allein verwendet.</translation>
    </message>
    <message>
        <source>It is measured but never used, as configured.</source>
        <translation>Sie wird gemessen, aber laut Konfiguration nie verwendet.</translation>
    </message>
    <message>
        <source>It refuses to serve this computer, so it is not asked any more.</source>
        <translation>Sie weigert sich, diesen Rechner zu bedienen, und wird nicht mehr gefragt.</translation>
    </message>
    <message>
        <source>Its policy denies access to this computer, so it is not asked any more.</source>
        <translation>Ihre Regeln verwehren diesem Rechner den Zugriff; sie wird nicht mehr gefragt.</translation>
    </message>
    <message>
        <source>It agrees with the majority and takes part in the result.</source>
        <translation>Sie stimmt mit der Mehrheit überein und trägt zum Ergebnis bei.</translation>
    </message>
    <message>
        <source>It agrees with the majority and stands for all that are used: clients of this computer are told that it is followed.</source>
        <translation>Sie stimmt mit der Mehrheit überein und steht für alle, die benutzt werden: Wer diesen Rechner fragt, erfährt, dass er ihr folgt.</translation>
    </message>
    <message>
        <source>This version of the window does not know the verdict of the service.</source>
        <translation>Diese Version des Fensters kennt das Urteil des Dienstes nicht.</translation>
    </message>
    <message>
        <source>From the configuration file.</source>
        <translation>Aus der Konfigurationsdatei.</translation>
    </message>
    <message>
        <source>Added until the service restarts.</source>
        <translation>Hinzugefügt bis zum Neustart des Dienstes.</translation>
    </message>
    <message>
        <source>Added and kept.</source>
        <translation>Hinzugefügt und behalten.</translation>
    </message>
    <message>
        <source>Found through a pool.</source>
        <translation>Über einen Pool gefunden.</translation>
    </message>
</context>
<context>
    <name>foliot::gui::main</name>
    <message>
        <source>Shows how right the clock of this computer is.</source>
        <translation>Zeigt, wie richtig die Uhr dieses Rechners geht.</translation>
    </message>
    <message>
        <source>Start in the notification area, without the window.</source>
        <translation>Im Systemabschnitt der Kontrollleiste starten, ohne Fenster.</translation>
    </message>
</context>
</TS>
