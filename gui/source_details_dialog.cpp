// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/source_details_dialog.h"

#include "gui/clock_watch.h"
#include "gui/elided_label.h"
#include "gui/glyph_sign.h"
#include "gui/plain_text.h"
#include "gui/symbolic_icon.h"
#include "gui/verdict_text.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace foliot::gui {

namespace {

enum Column : int { LabelColumn, ValueColumn };

bool haveSameLabels(const QList<DetailSection>& a, const QList<DetailSection>& b)
{
    const auto sameSection = [](const DetailSection& one, const DetailSection& other) {
        return one.title == other.title &&
               std::ranges::equal(one.details, other.details, {}, &Detail::label, &Detail::label);
    };
    return std::ranges::equal(a, b, sameSection);
}

// Sections, not a tree: without the lines that some styles draw to the rows.
class SectionList : public QTreeWidget {
public:
    using QTreeWidget::QTreeWidget;

protected:
    void drawBranches(QPainter*, const QRect&, const QModelIndex&) const override {}
};

// Air between the lines, and more of it above the title of a section.
class LineDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QSize size = QStyledItemDelegate::sizeHint(option, index);
        const bool isTitle = !index.parent().isValid();
        size.setHeight(qRound(QFontMetricsF(option.font).height() * (isTitle && index.row() > 0 ? 2.0 : 1.35)));
        if (index.column() == LabelColumn)
            size.rwidth() += QFontMetrics(option.font).averageCharWidth() * 2;
        return size;
    }

    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (!index.parent().isValid())
            option->displayAlignment = Qt::AlignLeading | Qt::AlignBottom;
    }
};

} // namespace

SourceDetailsDialog::SourceDetailsDialog(ClockWatch& watch, QWidget* parent)
    : QDialog(parent)
    , m_watch(watch)
    , m_sign(new GlyphSign(2.2, this))
    , m_name(new ElidedLabel(this))
    , m_verdict(new QLabel(this))
    , m_list(new SectionList(this))
{
    setWindowTitle(tr("Source Details"));
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setWordWrap(true);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_list->setColumnCount(2);
    m_list->setHeaderLabels({tr("Property"), tr("Value")});
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setIndentation(fontMetrics().averageCharWidth() * 2);
    m_list->setItemDelegate(new LineDelegate(m_list));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setAllColumnsShowFocus(true);
    m_list->setAccessibleName(tr("Details"));
    m_list->header()->setSectionResizeMode(LabelColumn, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(true);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton* copyAll = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    QPushButton* close = buttons->button(QDialogButtonBox::Close);
    close->setIcon(themeIcon(QStringLiteral("window-close"))); // some styles bring one that is not seen on dark
    close->setDefault(true);
    copyAll->setIcon(themeIcon(QStringLiteral("edit-copy")));
    copyAll->setToolTip(tr("Copy all of it as text"));
    copyAll->setShortcut(QKeySequence::Copy);
    connect(copyAll, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addStretch();
    words->addWidget(m_name);
    words->addWidget(m_verdict);
    words->addStretch();
    auto* head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(m_sign, 0, Qt::AlignVCenter);
    head->addLayout(words, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    layout->addLayout(head);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 78, fontMetrics().height() * 50);
    m_list->setFocus();

    connect(&watch, &ClockWatch::ticked, this, &SourceDetailsDialog::refresh);
    connect(&watch, &ClockWatch::statusChanged, this, &SourceDetailsDialog::refresh);
    connect(&watch.sources(), &QAbstractItemModel::dataChanged, this, &SourceDetailsDialog::refresh);
    connect(&watch.sources(), &QAbstractItemModel::rowsInserted, this, &SourceDetailsDialog::refresh);
    connect(&watch.sources(), &QAbstractItemModel::rowsRemoved, this, &SourceDetailsDialog::refresh);
    connect(&watch.sources(), &QAbstractItemModel::modelReset, this, &SourceDetailsDialog::refresh);
    applyFonts();
}

void SourceDetailsDialog::setSource(quint32 id)
{
    m_id = id;
    refresh();
}

void SourceDetailsDialog::refresh()
{
    const QList<bus::SourceData>& sources = m_watch.sources().sources();
    const auto found = std::ranges::find(sources, m_id, &bus::SourceData::id);
    if (found == sources.end())
        displayAbsence();
    else
        display(*found);
    m_list->setEnabled(!m_watch.status().isStale);
}

// Nothing that may be wrong by now stays to be read.
void SourceDetailsDialog::displayAbsence()
{
    m_sign->setGlyph(Glyph::Unplugged, Tone::Neutral);
    m_verdict->setText(
        m_watch.status().hasService ? tr("This source is not there any more.") : m_watch.status().headline);
    m_sign->setAccessibleName(m_verdict->text());
    rebuild({});
}

void SourceDetailsDialog::display(const bus::SourceData& source)
{
    m_name->setText(VerdictText::sourceName(source));
    m_sign->setGlyph(VerdictText::glyph(source.verdict), VerdictText::tone(source.verdict));
    m_sign->setAccessibleName(VerdictText::word(source.verdict));
    //: %1 is a verdict such as "Falseticker", %2 a sentence that says why
    m_verdict->setText(
        tr("%1: %2").arg(VerdictText::word(source.verdict), VerdictText::explanation(source.verdict, source.reason)));
    const QList<DetailSection> sections = SourceDetails::of(source, m_watch.nowUSec());
    if (!haveSameLabels(sections, m_sections)) {
        rebuild(sections);
        return;
    }
    // In place, so that selection and reading position stay.
    for (qsizetype section = 0; section < sections.size(); ++section) {
        for (qsizetype row = 0; row < sections.at(section).details.size(); ++row) {
            const QString& value = sections.at(section).details.at(row).value;
            if (m_sections.at(section).details.at(row).value != value)
                m_list->topLevelItem(static_cast<int>(section))
                    ->child(static_cast<int>(row))
                    ->setText(ValueColumn, value);
        }
    }
    m_sections = sections;
}

void SourceDetailsDialog::rebuild(const QList<DetailSection>& sections)
{
    if (m_sections == sections)
        return;
    m_sections = sections;
    m_list->clear();
    QFont bold = m_list->font();
    bold.setWeight(QFont::DemiBold);
    for (const DetailSection& section : sections) {
        auto* top = new QTreeWidgetItem(m_list, {section.title});
        top->setFlags(Qt::ItemIsEnabled);
        top->setFont(LabelColumn, bold);
        top->setFirstColumnSpanned(true);
        for (const Detail& detail : section.details) {
            auto* row = new QTreeWidgetItem(top, {detail.label, detail.value});
            if (detail.explanation.isEmpty())
                continue;
            for (const int column : {LabelColumn, ValueColumn})
                row->setToolTip(column, toolTipOf(detail.label, {detail.explanation}));
            row->setData(LabelColumn, Qt::AccessibleDescriptionRole, detail.explanation);
        }
    }
    m_list->expandAll();
    // A title is no place to start reading.
    if (!sections.isEmpty())
        m_list->setCurrentItem(m_list->topLevelItem(0)->child(0), LabelColumn, QItemSelectionModel::NoUpdate);
}

QString SourceDetailsDialog::text() const
{
    QStringList lines{m_name->text(), m_verdict->text()};
    for (const DetailSection& section : m_sections) {
        lines << QString() << section.title;
        for (const Detail& detail : section.details)
            lines << detail.label + QLatin1Char('\t') + detail.value;
    }
    return lines.join(QLatin1Char('\n'));
}

void SourceDetailsDialog::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        applyFonts();
}

void SourceDetailsDialog::applyFonts()
{
    QFont large = font();
    if (large.pointSizeF() > 0.0)
        large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setWeight(QFont::DemiBold);
    m_name->setFont(large);
}

} // namespace foliot::gui
