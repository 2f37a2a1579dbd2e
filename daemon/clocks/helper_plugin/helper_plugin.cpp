// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calls the helper's action through KAuth. In a thread of its own: KAuth and polkit's library wait for the bus, for the
// helper's start and for polkit without a word, and the daemon's clock does not stand still meanwhile.

#include "daemon/clocks/helper_caller.h"

#include <KAuth/Action>
#include <KAuth/ExecuteJob>

#include <QCoreApplication>
#include <QDBusUnixFileDescriptor>
#include <QPointer>
#include <QThread>

#include <atomic>
#include <chrono>
#include <limits>

namespace foliot::daemon {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class HelperPlugin : public QObject, public HelperCaller {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "org.foliot.HelperCaller/1")
    Q_INTERFACES(foliot::daemon::HelperCaller)
public:
    HelperPlugin();

    void call(int socket, QObject* context, Answers answers) override;
    void drop() override { ++m_latestCall; }

private:
    void end();
    void execute(const QDBusUnixFileDescriptor& socket, const std::function<void()>& ready,
        const std::function<void(QString)>& ended);

    QThread* m_thread = nullptr;
    QObject* m_worker = nullptr;       // lives in the thread
    QPointer<KAuth::ExecuteJob> m_job; // in the thread
    std::atomic<quint64> m_latestCall = 0;
};

HelperPlugin::HelperPlugin()
    : m_thread(new QThread)
    , m_worker(new QObject)
{
    // The last KJob to end would end the daemon too.
    QCoreApplication::setQuitLockEnabled(false);
    m_thread->setObjectName(u"helper-caller"_s);
    m_worker->moveToThread(m_thread);
    m_thread->start();
    connect(QCoreApplication::instance(), &QObject::destroyed, this, &HelperPlugin::end);
}

void HelperPlugin::end()
{
    drop();
    QMetaObject::invokeMethod(m_worker, [this] { delete m_job.data(); });
    m_worker->deleteLater();
    m_thread->quit();
    if (m_thread->wait(1s))
        delete m_thread;
    // Otherwise it waits for a bus that does not answer, and ends with the process.
}

void HelperPlugin::call(int socket, QObject* context, Answers answers)
{
    const quint64 number = ++m_latestCall;
    const auto hand = [this, number, context = QPointer(context)](std::function<void()> answer) {
        QMetaObject::invokeMethod(this, [this, number, context, answer = std::move(answer)] {
            if (context && number == m_latestCall)
                answer();
        });
    };
    QMetaObject::invokeMethod(
        m_worker, [this, number, hand, answers = std::move(answers), socket = QDBusUnixFileDescriptor(socket)] {
            if (number != m_latestCall)
                return; // dropped while the call before it kept the thread
            execute(
                socket, [hand, answers] { hand(answers.ready); },
                [hand, answers](const QString& why) { hand([answers, why] { answers.ended(why); }); });
        });
}

void HelperPlugin::execute(const QDBusUnixFileDescriptor& socket, const std::function<void()>& ready,
    const std::function<void(QString)>& ended)
{
    if (m_job)
        m_job->kill();
    KAuth::Action action(u"org.foliot.clock.steer"_s);
    action.setHelperId(u"org.foliot.clock"_s);
    action.setTimeout(std::numeric_limits<int>::max());
    action.setArguments({{u"socket"_s, QVariant::fromValue(socket)}});
    m_job = action.execute();
    connect(m_job, &KAuth::ExecuteJob::newData, m_worker, [ready](const QVariantMap& data) {
        if (data.value(u"ready"_s).toBool())
            ready();
    });
    connect(m_job, &KJob::result, m_worker, [ended](KJob* job) {
        switch (job->error()) {
        case KJob::NoError:
            return ended(u"It ended the conversation."_s);
        case KAuth::ActionReply::AuthorizationDeniedError:
            return ended(u"polkit does not allow this user to steer the clock."_s);
        default:
            return ended(job->errorString().isEmpty() ? u"KAuth error %1."_s.arg(job->error()) : job->errorString());
        }
    });
    m_job->start();
}

} // namespace foliot::daemon

#include "helper_plugin.moc"
