// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The invariants of the NTS fuzz targets, held against their seed corpus and against what comes of it when octets are
// changed, lost or doubled. The seed is fixed: a failure repeats.

#include "invariants.h"
#include "ntp/octet_text.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <map>
#include <random>

using namespace foliot::nts;
using foliot::ntp::Octets;

namespace {

using Check = Broken (*)(std::span<const std::byte>);

const std::map<QString, Check> checks{
    {QStringLiteral("fuzz_nts_cookie"), brokenCookieInvariant},
    {QStringLiteral("fuzz_nts_protected_request"), brokenProtectedRequestInvariant},
    {QStringLiteral("fuzz_nts_reply"), brokenReplyInvariant},
    {QStringLiteral("fuzz_nts_request"), brokenRequestInvariant},
    {QStringLiteral("fuzz_nts_response"), brokenResponseInvariant},
};

Octets contentOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("cannot read %s", qPrintable(path));
    }
    const QByteArray bytes = file.readAll();
    const auto octets = std::as_bytes(std::span{bytes});
    return {octets.begin(), octets.end()};
}

// Changes one place of an input: an octet of any value, one bit, one octet less, or a stretch once more.
void damage(Octets& input, std::mt19937_64& random)
{
    if (input.empty()) {
        return;
    }
    const auto at = static_cast<std::ptrdiff_t>(random() % input.size());
    switch (random() % 4) {
    case 0:
        input[static_cast<std::size_t>(at)] = static_cast<std::byte>(random() & 0xff);
        break;
    case 1:
        input[static_cast<std::size_t>(at)] ^= std::byte{1} << random() % 8;
        break;
    case 2:
        input.erase(input.begin() + at);
        break;
    default: {
        const Octets again{input.begin() + at, input.end()};
        input.insert(input.end(), again.begin(), again.end());
        break;
    }
    }
}

} // namespace

class TestNtsInvariants : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdForTheCorpusAndWhatComesOfIt_data();
    void holdForTheCorpusAndWhatComesOfIt();
};

void TestNtsInvariants::holdForTheCorpusAndWhatComesOfIt_data()
{
    QTest::addColumn<QString>("target");
    for (const auto& [target, check] : checks) {
        QTest::newRow(qPrintable(target)) << target;
    }
}

void TestNtsInvariants::holdForTheCorpusAndWhatComesOfIt()
{
    QFETCH(const QString, target);
    const QDir folder{QStringLiteral(FOLIOT_FUZZ_CORPUS) + u'/' + target};
    const auto names = folder.entryList(QDir::Files);
    QVERIFY(names.size() >= 4);
    std::mt19937_64 random{8915};
    constexpr int damagesForEach = FOLIOT_SANITIZED ? 30 : 300; // the fuzz targets go on from there
    for (const QString& name : names) {
        const Octets seed = contentOf(folder.filePath(name));
        Octets input = seed;
        for (int i = 0; i <= damagesForEach; ++i) {
            const Broken broken = checks.at(target)(input);
            QVERIFY2(!broken, qPrintable(name + QStringLiteral(": ") + QString::fromStdString(broken.value_or(""))));
            input = i % 5 == 0 ? seed : input;
            damage(input, random);
        }
    }
}

QTEST_APPLESS_MAIN(TestNtsInvariants)
#include "test_nts_invariants.moc"
