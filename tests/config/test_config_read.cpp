// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/read.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace foliot::config;

class TestConfigRead : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fileIsRead()
    {
        QVERIFY(read(write("good.toml", "[clock]\ntype = \"none\"\n"))->config.clock.type == ClockType::None);
    }

    void symbolicLinkToAFileIsFollowed()
    {
        const auto target = write("target.toml", "[bus]\ntype = \"none\"\n");
        const auto link = path("link.toml");
        std::filesystem::create_symlink(target, link);
        QVERIFY(read(link)->config.bus.kind == BusKind::None);
    }

    void errorNamesTheFile()
    {
        const auto file = write("bad.toml", "x");
        QCOMPARE(read(file).error().front().file, file.string());
    }

    void missingFileIsAnError()
    {
        QCOMPARE(faultOf(path("absent.toml")), "cannot be opened: No such file or directory");
    }

    void fifoIsRefusedWithoutWaitingForAWriter()
    {
        const auto fifo = path("fifo");
        QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
        QCOMPARE(faultOf(fifo), "not a regular file");
    }

    void deviceAndFolderAreRefused()
    {
        QCOMPARE(faultOf("/dev/zero"), "not a regular file");
        QCOMPARE(faultOf(m_directory.path().toStdString()), "not a regular file");
    }

    void hugeFileIsRefusedUnread()
    {
        const auto file = write("huge.toml", "");
        std::filesystem::resize_file(file, 1024 * 1024 * 1024); // sparse
        QCOMPARE(faultOf(file), "larger than 1 MiB");
    }

    void loopOfLinksIsRefused()
    {
        std::filesystem::create_symlink(path("b"), path("a"));
        std::filesystem::create_symlink(path("a"), path("b"));
        QVERIFY(faultOf(path("a")).startsWith("cannot be opened: "));
    }

private:
    std::filesystem::path path(const char* name) const { return m_directory.filePath(name).toStdString(); }

    std::filesystem::path write(const char* name, const QByteArray& text) const
    {
        QFile file(m_directory.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", name);
        return path(name);
    }

    static QString faultOf(const std::filesystem::path& file)
    {
        const auto config = read(file);
        return config ? QString() : QString::fromStdString(config.error().front().message);
    }

    QTemporaryDir m_directory;
};

QTEST_APPLESS_MAIN(TestConfigRead)
#include "test_config_read.moc"
