// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// scene_daemon SCENE: publishes a scene on the session bus until it is ended. A daemon that a test can stop in the middle
// (SIGSTOP), and something to look at while working on the window.

#include "gui/published_scene.h"

#include <QCoreApplication>
#include <QTextStream>

using namespace foliot;

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 2 || !tests::sceneNames().contains(arguments.at(1))) {
        QTextStream(stderr) << "scene_daemon " << tests::sceneNames().join(QLatin1Char('|')) << Qt::endl;
        return 2;
    }
    tests::PublishedScene daemon(QString{});
    if (!daemon.start())
        return 1;
    daemon.live(tests::scene(arguments.at(1)));
    QTextStream(stdout) << "published" << Qt::endl;
    return QCoreApplication::exec();
}
