// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The program itself under a virtual X server, with a notification area and a notification service of the test's own on a
// private bus: what the tray icon shows, what its menu does, and what starting again and closing mean.

#include "support/child_process.h"
#include "support/private_session_bus.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace foliot::tests;

namespace {

const QString itemInterface = QStringLiteral("org.kde.StatusNotifierItem");
const QString menuInterface = QStringLiteral("com.canonical.dbusmenu");

} // namespace

class Watcher : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    Q_PROPERTY(bool IsStatusNotifierHostRegistered READ hasHost)
    Q_PROPERTY(int ProtocolVersion READ version)
    Q_PROPERTY(QStringList RegisteredStatusNotifierItems READ registered)

public:
    QStringList items;
    bool hasHost() const { return true; }
    int version() const { return 0; }
    QStringList registered() const { return items; }

public Q_SLOTS:
    void RegisterStatusNotifierItem(const QString& service) { items.append(service); }
    void RegisterStatusNotifierHost(const QString&) {}
};

class Notifications : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    QStringList titles;

public Q_SLOTS:
    uint Notify(const QString&, uint, const QString&, const QString& title, const QString&, const QStringList&,
        const QVariantMap&, int)
    {
        titles.append(title);
        return 1;
    }
    QStringList GetCapabilities() { return {QStringLiteral("actions"), QStringLiteral("body")}; }
    QString GetServerInformation(QString& vendor, QString& version, QString& specification)
    {
        vendor = version = QStringLiteral("test");
        specification = QStringLiteral("1.2");
        return QStringLiteral("test");
    }
};

namespace {

class Desktop {
public:
    enum class Tray : quint8 { Present, Absent };

    // -noreset: else the server starts over when its only client, a look for the window, leaves it, and the program that
    // connects meanwhile is turned away.
    explicit Desktop(Tray tray)
        : m_x(QStringLiteral("Xvfb"),
              {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-noreset"), QStringLiteral("-screen"),
                  QStringLiteral("0"), QStringLiteral("1280x1024x24")})
        , m_bus(QDBusConnection::connectToBus(session.address(), session.address()))
    {
        [&] { QTRY_VERIFY(m_x.output().contains(QLatin1Char('\n'))); }();
        const QStringList lines = m_x.output().split(QLatin1Char('\n'));
        // The server's own messages stand on other lines.
        for (const QString& line : lines) {
            bool isNumber = false;
            const int number = line.toInt(&isNumber);
            if (isNumber)
                m_display = QStringLiteral(":%1").arg(number);
        }
        m_bus.registerObject(
            QStringLiteral("/org/freedesktop/Notifications"), &notifications, QDBusConnection::ExportAllSlots);
        m_bus.registerService(QStringLiteral("org.freedesktop.Notifications"));
        if (tray == Tray::Present) {
            m_bus.registerObject(
                QStringLiteral("/StatusNotifierWatcher"), &watcher, QDBusConnection::ExportAllContents);
            m_bus.registerService(QStringLiteral("org.kde.StatusNotifierWatcher"));
        }
    }

    ~Desktop()
    {
        const QString name = m_bus.name();
        m_bus = QDBusConnection(QString());
        QDBusConnection::disconnectFromBus(name);
    }

    QStringList environment() const
    {
        return session.environment() +
               QStringList{QStringLiteral("DISPLAY=") + m_display, QStringLiteral("QT_QPA_PLATFORM=xcb"),
                   QStringLiteral("HOME=") + m_home.path(), QStringLiteral("XDG_CONFIG_HOME=") + m_home.path(),
                   QStringLiteral("LC_ALL=C.UTF-8"), QStringLiteral("LANGUAGE=")};
    }

    std::unique_ptr<ChildProcess> start(const QStringList& arguments = {}) const
    {
        return std::make_unique<ChildProcess>(QStringLiteral(FOLIOT_PROGRAM), arguments, environment());
    }
    std::unique_ptr<ChildProcess> startDaemon(const QString& scene) const
    {
        return std::make_unique<ChildProcess>(QStringLiteral(FOLIOT_SCENE_DAEMON), QStringList{scene}, environment());
    }

    // The program calls us meanwhile, so the event loop runs while we wait for its answer.
    QVariantList call(
        const QString& path, const QString& interface, const QString& member, const QVariantList& arguments = {}) const
    {
        QDBusMessage message = QDBusMessage::createMethodCall(item(), path, interface, member);
        message.setArguments(arguments);
        QDBusPendingCallWatcher watching(m_bus.asyncCall(message));
        [&] { QTRY_VERIFY(watching.isFinished()); }();
        return watching.reply().arguments();
    }

    QString item() const
    {
        const QString registered = watcher.items.constLast();
        return registered;
    }
    QVariant property(const QString& name) const
    {
        const QVariantList reply = call(QStringLiteral("/StatusNotifierItem"),
            QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"), {itemInterface, name});
        return reply.isEmpty() ? QVariant() : reply.constFirst().value<QDBusVariant>().variant();
    }

    QString toolTip() const
    {
        const auto argument = property(QStringLiteral("ToolTip")).value<QDBusArgument>();
        if (argument.currentType() != QDBusArgument::StructureType)
            return {};
        QString icon;
        QString title;
        argument.beginStructure();
        argument >> icon;
        argument.beginArray();
        while (!argument.atEnd()) {
            QVariant ignored = argument.asVariant();
        }
        argument.endArray();
        argument >> title;
        argument.endStructure();
        return title;
    }

    // What is opaque in the largest picture of the icon.
    QByteArray shape() const
    {
        const auto argument = property(QStringLiteral("IconPixmap")).value<QDBusArgument>();
        QByteArray best;
        argument.beginArray();
        while (!argument.atEnd()) {
            int width = 0;
            int height = 0;
            QByteArray pixels; // ARGB, network order
            argument.beginStructure();
            argument >> width >> height >> pixels;
            argument.endStructure();
            if (pixels.size() <= best.size())
                continue;
            best = pixels;
        }
        argument.endArray();
        QByteArray opaque;
        for (qsizetype place = 0; place < best.size(); place += 4)
            opaque.append(static_cast<uchar>(best.at(place)) > 127 ? 'x' : ' ');
        return opaque;
    }

    // Labels of the menu with their ids, separators left out.
    QMap<QString, int> menu() const
    {
        const QString path = property(QStringLiteral("Menu")).value<QDBusObjectPath>().path();
        const QVariantList reply = call(path, menuInterface, QStringLiteral("GetLayout"), {0, -1, QStringList()});
        QMap<QString, int> labels;
        if (reply.size() < 2)
            return labels;
        const auto root = reply.at(1).value<QDBusArgument>();
        int id = 0;
        QVariantMap properties;
        root.beginStructure();
        root >> id >> properties;
        root.beginArray();
        while (!root.atEnd()) {
            QDBusVariant child;
            root >> child;
            const auto entry = child.variant().value<QDBusArgument>();
            entry.beginStructure();
            entry >> id >> properties;
            entry.endStructure();
            const QString label = properties.value(QStringLiteral("label")).toString().remove(QLatin1Char('_'));
            if (!label.isEmpty())
                labels.insert(label, id);
        }
        return labels;
    }
    void click(const QString& label) const
    {
        const QString path = property(QStringLiteral("Menu")).value<QDBusObjectPath>().path();
        call(path, menuInterface, QStringLiteral("Event"),
            {menu().value(label), QStringLiteral("clicked"), QVariant::fromValue(QDBusVariant(0)), 0U});
    }

    bool hasWindow() const { return !windowId().isEmpty(); }
    QString windowId() const
    {
        const QString output = run(QStringLiteral("xdotool"),
            {QStringLiteral("search"), QStringLiteral("--onlyvisible"), QStringLiteral("--name"),
                QStringLiteral("^Foliot$")},
            20'000, environment())
                                   .output;
        // Windows that go while it looks make it complain instead of finding.
        static const QRegularExpression id(QStringLiteral("^[0-9]+$"), QRegularExpression::MultilineOption);
        return id.match(output).captured();
    }
    void closeWindow() const
    {
        const QStringList keys{QStringLiteral("windowfocus"), QStringLiteral("--sync"), windowId(),
            QStringLiteral("key"), QStringLiteral("ctrl+w")};
        run(QStringLiteral("xdotool"), keys, 20'000, environment());
    }

    PrivateSessionBus session;
    Watcher watcher;
    Notifications notifications;

private:
    QTemporaryDir m_home;
    ChildProcess m_x;
    QString m_display;
    QDBusConnection m_bus;
};

} // namespace

class TestTray : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void helpNeedsNoDisplay();
    void withoutADisplayItIsSaidWhatToDo_data();
    void withoutADisplayItIsSaidWhatToDo();
    void initTestCase();
    void toolTipAndMenuSayTheSentence();
    void statesDifferInShape();
    void menuOpensAndQuits();
    void closingKeepsTheIconAndSaysSoOnce();
    void secondStartShowsTheFirst();
    void withoutTrayClosingQuits();
    void withoutTrayTheWindowComesAnyway();
};

void TestTray::initTestCase()
{
    for (const char* program : {"Xvfb", "xdotool", "dbus-daemon"}) {
        if (QStandardPaths::findExecutable(QString::fromUtf8(program)).isEmpty())
            QSKIP(program);
    }
}

void TestTray::toolTipAndMenuSayTheSentence()
{
    const Desktop desktop(Desktop::Tray::Present);
    const auto daemon = desktop.startDaemon(QStringLiteral("falseticker"));
    const auto program = desktop.start({QStringLiteral("--tray")});
    QTRY_VERIFY2(!desktop.watcher.items.isEmpty(), qPrintable(program->output()));
    QTRY_VERIFY2(desktop.toolTip().startsWith(QStringLiteral("Synchronized: within ")), qPrintable(desktop.toolTip()));
    QVERIFY(!desktop.hasWindow());
    const QMap<QString, int> menu = desktop.menu();
    for (const char* label : {"Open Foliot", "Refresh Now", "Add Source…", "Quit"})
        QVERIFY2(menu.contains(QString::fromUtf8(label)), label);
    QVERIFY(std::ranges::any_of(
        menu.keys(), [](const QString& label) { return label.startsWith(QStringLiteral("Synchronized")); }));
    daemon->stop();
    QTRY_COMPARE(desktop.toolTip(), QStringLiteral("The Foliot service is not running"));
}

void TestTray::statesDifferInShape()
{
    const Desktop desktop(Desktop::Tray::Present);
    const auto program = desktop.start({QStringLiteral("--tray")});
    QTRY_VERIFY(!desktop.watcher.items.isEmpty());
    QTRY_COMPARE(desktop.toolTip(), QStringLiteral("The Foliot service is not running"));
    QSet<QByteArray> shapes{desktop.shape()};
    for (const char* scene : {"synchronized", "holdover"}) {
        const QString absent = desktop.toolTip();
        const auto daemon = desktop.startDaemon(QString::fromUtf8(scene));
        QTRY_VERIFY(desktop.toolTip().contains(QStringLiteral("within")));
        QTRY_VERIFY(!shapes.contains(desktop.shape()));
        shapes.insert(desktop.shape());
        daemon->stop();
        QTRY_COMPARE(desktop.toolTip(), absent);
    }
    QCOMPARE(shapes.size(), 3);
    QVERIFY(!shapes.contains(QByteArray()));
}

void TestTray::menuOpensAndQuits()
{
    const Desktop desktop(Desktop::Tray::Present);
    const auto program = desktop.start({QStringLiteral("--tray")});
    QTRY_VERIFY(!desktop.watcher.items.isEmpty());
    QTRY_VERIFY(desktop.menu().contains(QStringLiteral("Open Foliot")));
    desktop.click(QStringLiteral("Open Foliot"));
    QTRY_VERIFY(desktop.hasWindow());
    desktop.click(QStringLiteral("Quit"));
    QTRY_VERIFY(!program->isRunning());
    QCOMPARE(program->stop(), 0);
}

void TestTray::closingKeepsTheIconAndSaysSoOnce()
{
    const Desktop desktop(Desktop::Tray::Present);
    const auto program = desktop.start();
    QTRY_VERIFY(desktop.hasWindow());
    QTRY_VERIFY(!desktop.watcher.items.isEmpty());
    desktop.closeWindow();
    QTRY_VERIFY(!desktop.hasWindow());
    QTRY_COMPARE(desktop.notifications.titles, QStringList{QStringLiteral("Foliot keeps watching the clock")});
    QVERIFY(program->isRunning());
    desktop.click(QStringLiteral("Open Foliot"));
    QTRY_VERIFY(desktop.hasWindow());
    desktop.closeWindow();
    QTRY_VERIFY(!desktop.hasWindow());
    desktop.click(QStringLiteral("Quit"));
    QTRY_VERIFY(!program->isRunning());
    QCOMPARE(desktop.notifications.titles.size(), 1);
}

void TestTray::secondStartShowsTheFirst()
{
    const Desktop desktop(Desktop::Tray::Present);
    const auto first = desktop.start({QStringLiteral("--tray")});
    QTRY_VERIFY(!desktop.watcher.items.isEmpty());
    QVERIFY(!desktop.hasWindow());
    const auto second = desktop.start();
    QTRY_VERIFY(!second->isRunning());
    QCOMPARE(second->stop(), 0);
    QTRY_VERIFY(desktop.hasWindow());
    QVERIFY(first->isRunning());
    QCOMPARE(desktop.watcher.items.size(), 1);
}

void TestTray::withoutTrayClosingQuits()
{
    const Desktop desktop(Desktop::Tray::Absent);
    const auto program = desktop.start();
    QTRY_VERIFY(desktop.hasWindow());
    desktop.closeWindow();
    QTRY_VERIFY(!program->isRunning());
    QCOMPARE(program->stop(), 0);
    QVERIFY(desktop.notifications.titles.isEmpty());
}

void TestTray::withoutTrayTheWindowComesAnyway()
{
    const Desktop desktop(Desktop::Tray::Absent);
    const auto program = desktop.start({QStringLiteral("--tray")});
    QTRY_VERIFY_WITH_TIMEOUT(desktop.hasWindow(), 20'000);
}

namespace {

enum class Variables : quint8 { Unset, Empty };

RunResult withoutDisplay(const QStringList& arguments, Variables variables = Variables::Unset)
{
    QStringList command;
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        command += variables == Variables::Unset ? QStringList{QStringLiteral("-u"), QString::fromLatin1(name)}
                                                 : QStringList{QString::fromLatin1(name) + u'='};
    return run(QStringLiteral("env"), command + QStringList{QStringLiteral(FOLIOT_PROGRAM)} + arguments);
}

} // namespace

void TestTray::helpNeedsNoDisplay()
{
    const RunResult help = withoutDisplay({QStringLiteral("--help")});
    QCOMPARE(help.exitCode, 0);
    QVERIFY2(help.output.contains(QStringLiteral("--tray")), qPrintable(help.output));
}

void TestTray::withoutADisplayItIsSaidWhatToDo_data()
{
    QTest::addColumn<bool>("isEmpty");
    QTest::newRow("named nowhere") << false;
    QTest::newRow("named by an empty text") << true;
}

void TestTray::withoutADisplayItIsSaidWhatToDo()
{
    QFETCH(const bool, isEmpty);
    const RunResult window = withoutDisplay({}, isEmpty ? Variables::Empty : Variables::Unset);
    QCOMPARE(window.exitCode, 1);
    QVERIFY2(window.output.contains(QStringLiteral("foliotctl status")), qPrintable(window.output));
}

QTEST_GUILESS_MAIN(TestTray)
#include "test_tray.moc"
