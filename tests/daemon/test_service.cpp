// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the service manager is told, and that it cannot hold us up.

#include "daemon/notify_socket.h"
#include "daemon/service.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace foliot::daemon;
using namespace foliot::tests;

class TestService : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup()
    {
        qunsetenv("NOTIFY_SOCKET");
        qunsetenv("WATCHDOG_USEC");
        qunsetenv("WATCHDOG_PID");
    }

    void managerIsToldOfEachTurn()
    {
        const QTemporaryDir folder;
        NotifySocket manager(folder.filePath(QStringLiteral("notify")));
        qputenv("NOTIFY_SOCKET", manager.path().toLocal8Bit());
        Service service;
        service.ready();
        service.status(QStringLiteral("one line\nonly"));
        service.reloading();
        service.stopping();
        QVERIFY(manager.wasTold("READY=1"));
        QVERIFY(manager.wasTold("STATUS=one line only"));
        QVERIFY(manager.wasTold("RELOADING=1"));
        QVERIFY(manager.wasTold("STOPPING=1"));
    }

    // The kernel queues ten datagrams or so, then a plain send waits for the reader.
    void managerThatDoesNotListenHoldsNothingUp()
    {
        const QTemporaryDir folder;
        NotifySocket manager(folder.filePath(QStringLiteral("notify")));
        qputenv("NOTIFY_SOCKET", manager.path().toLocal8Bit());
        Service service;
        for (int i = 0; i < 15; ++i)
            service.status(QString::number(i));
        service.ready();
        QTRY_VERIFY(manager.wasTold("READY=1")); // once it listens
        QVERIFY(manager.wasTold("STATUS=14"));
    }

    void watchdogIsFedInTime()
    {
        const QTemporaryDir folder;
        NotifySocket manager(folder.filePath(QStringLiteral("notify")));
        qputenv("NOTIFY_SOCKET", manager.path().toLocal8Bit());
        qputenv("WATCHDOG_USEC", "100000");
        const Service service;
        QTRY_VERIFY(manager.wasTold("WATCHDOG=1"));
    }

    void watchdogOfAnotherProcessIsNotOurs()
    {
        const QTemporaryDir folder;
        NotifySocket manager(folder.filePath(QStringLiteral("notify")));
        qputenv("NOTIFY_SOCKET", manager.path().toLocal8Bit());
        qputenv("WATCHDOG_USEC", "1000");
        qputenv("WATCHDOG_PID", "1");
        const Service service;
        NotifySocket ours(folder.filePath(QStringLiteral("ours")));
        qputenv("NOTIFY_SOCKET", ours.path().toLocal8Bit());
        qputenv("WATCHDOG_PID", QByteArray::number(QCoreApplication::applicationPid()));
        const Service fed;
        QTRY_VERIFY(ours.wasTold("WATCHDOG=1")); // the loop has turned for long enough
        QVERIFY(!manager.wasTold("WATCHDOG=1"));
    }

    void nobodyIsToldWhereNobodyAsked()
    {
        const QTemporaryDir folder;
        NotifySocket manager(folder.filePath(QStringLiteral("notify")));
        Service service; // there is no NOTIFY_SOCKET
        qputenv("NOTIFY_SOCKET", manager.path().toLocal8Bit());
        service.ready();
        QVERIFY(!manager.wasTold("READY=1"));
    }
};

QTEST_GUILESS_MAIN(TestService)
#include "test_service.moc"
