// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the picture of the selection follows its model: by what has changed, and with room for every label.

#include "gui/selection_view.h"
#include "gui/source_model.h"

#include <QIdentityProxyModel>
#include <QTest>

using namespace foliot;
using namespace foliot::gui;

namespace {

// A model that knows which rows were read.
class ReadRows : public QIdentityProxyModel {
public:
    using QIdentityProxyModel::QIdentityProxyModel;

    QVariant data(const QModelIndex& index, int role) const override
    {
        if (role == SourceModel::SourceRole)
            m_rows.insert(index.row());
        return QIdentityProxyModel::data(index, role);
    }
    QSet<int> take() { return std::exchange(m_rows, {}); }

private:
    mutable QSet<int> m_rows;
};

bus::SourceData source(quint32 id, const QString& name, double low, double high)
{
    bus::SourceData data;
    data.id = id;
    data.name = name;
    data.hasInterval = true;
    data.intervalLowSeconds = low;
    data.intervalHighSeconds = high;
    return data;
}

const QString shortName = QStringLiteral("a");
const QString longName = QStringLiteral("a-name-that-is-longer-than-any-other.example.org");

} // namespace

class TestSelectionView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<SourceModel>();
        m_read = std::make_unique<ReadRows>();
        m_read->setSourceModel(m_model.get());
        m_view = std::make_unique<SelectionView>();
        m_view->resize(900, 300);
        m_view->setModel(m_read.get());
        for (quint32 id = 1; id <= 5; ++id)
            m_model->put(source(id, shortName, -0.001, 0.001));
        m_read->take();
    }
    void cleanup()
    {
        m_view.reset();
        m_read.reset();
        m_model.reset();
    }

    void changeOfOneSourceIsReadFromItAlone()
    {
        m_model->put(source(3, shortName, -0.002, 0.001));
        QCOMPARE(m_read->take(), QSet<int>{2});
        m_model->put(source(6, shortName, -0.002, 0.001));
        QCOMPARE(m_read->take(), QSet<int>{5});
        m_view->setAgreement(OffsetRange{.low = -0.0005, .high = 0.0005});
        QCOMPARE(m_read->take(), QSet<int>());
    }

    void labelsHaveRoomForTheWidestThereIs()
    {
        const double narrow = m_view->plotLeft();
        m_model->put(source(2, longName, -0.001, 0.001));
        const double wide = m_view->plotLeft();
        QVERIFY(wide > narrow);
        m_model->put(source(4, shortName, -0.001, 0.002)); // the widest stays
        QCOMPARE(m_view->plotLeft(), wide);
        m_model->put(source(2, shortName, -0.001, 0.001));
        QCOMPARE(m_view->plotLeft(), narrow);
        m_model->put(source(2, longName, -0.001, 0.001));
        m_model->remove(2);
        QCOMPARE(m_view->plotLeft(), narrow);
        m_model->put(source(2, longName, -0.001, 0.001));
        m_model->clear();
        QCOMPARE(m_view->plotLeft(), narrow);
    }

    void scaleHoldsTheIntervalsThatThereAre()
    {
        const SymlogScale near = m_view->scale();
        m_model->put(source(5, shortName, 0.03, 0.05));
        QVERIFY(m_view->scale() != near);
        QVERIFY(m_view->scale().position(0.05) <= 1.0);
        m_model->remove(5);
        m_model->clear();
        for (quint32 id = 1; id <= 5; ++id)
            m_model->put(source(id, shortName, -0.001, 0.001));
        QCOMPARE(m_view->scale(), near); // what is gone asks for nothing
    }

    void largerFontIsMeasuredAnew()
    {
        m_model->put(source(2, longName, -0.001, 0.001));
        const double before = m_view->plotLeft();
        QFont larger = m_view->font();
        larger.setPixelSize(QFontInfo(larger).pixelSize() + 4);
        m_view->resize(2000, 300); // more than its share of a narrow view no label gets
        const double here = m_view->plotLeft();
        m_view->setFont(larger);
        QVERIFY(m_view->plotLeft() > here);
        QVERIFY(here >= before);
    }

private:
    std::unique_ptr<SourceModel> m_model;
    std::unique_ptr<ReadRows> m_read;
    std::unique_ptr<SelectionView> m_view;
};

QTEST_MAIN(TestSelectionView)
#include "test_selection_view.moc"
