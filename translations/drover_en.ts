<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>drover::TaskHandle</name>
    <message numerus="yes">
        <source>%n piece(s) of what the task told were dropped, because nobody read in time.</source>
        <translation>
            <numerusform>%n piece of what the task told was dropped, because nobody read in time.</numerusform>
            <numerusform>%n pieces of what the task told were dropped, because nobody read in time.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::gui::LaunchBar</name>
    <message numerus="yes">
        <source>Runs %1 with %n argument(s): %2</source>
        <translation>
            <numerusform>Runs %1 with %n argument: %2</numerusform>
            <numerusform>Runs %1 with %n arguments: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::gui::MainWindow</name>
    <message numerus="yes">
        <source>%n broker(s)</source>
        <translation>
            <numerusform>%n broker</numerusform>
            <numerusform>%n brokers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n worker(s)</source>
        <translation>
            <numerusform>%n worker</numerusform>
            <numerusform>%n workers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) are hidden by the search.</source>
        <translation>
            <numerusform>%n task is hidden by the search.</numerusform>
            <numerusform>%n tasks are hidden by the search.</numerusform>
        </translation>
    </message>
</context>
</TS>
