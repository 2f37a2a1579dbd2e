<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>foliot::gui::ClockSentence</name>
    <message numerus="yes">
        <source>%n source(s) answered so far.</source>
        <translation>
            <numerusform>%n source answered so far.</numerusform>
            <numerusform>%n sources answered so far.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n source(s) tell the wrong time and are not used.</source>
        <translation>
            <numerusform>%n source tells the wrong time and is not used.</numerusform>
            <numerusform>%n sources tell the wrong time and are not used.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>foliot::gui::ServiceRequests</name>
    <message numerus="yes">
        <source>%n source(s) were removed.</source>
        <translation>
            <numerusform>%n source was removed.</numerusform>
            <numerusform>%n sources were removed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>foliot::gui::SourceDetails</name>
    <message numerus="yes">
        <source>%n of the last 8 queries</source>
        <translation>
            <numerusform>%n of the last 8 queries</numerusform>
            <numerusform>%n of the last 8 queries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>foliot::gui::SourceModel</name>
    <message numerus="yes">
        <source>%n of the last 8 queries answered</source>
        <extracomment>%n is how many of the last eight queries were answered</extracomment>
        <translation>
            <numerusform>%n of the last 8 queries answered</numerusform>
            <numerusform>%n of the last 8 queries answered</numerusform>
        </translation>
    </message>
</context>
</TS>
