// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/add_source_dialog.h"

#include "gui/tone.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace foliot::gui {

namespace {

constexpr int longestAddress = 300;

} // namespace

QVariantMap SourceRequest::options() const
{
    return {{QStringLiteral("nts"), isAuthenticated}, {QStringLiteral("pool"), isPool},
        {QStringLiteral("xleave"), isInterleaved}, {QStringLiteral("burst"), burst}, {QStringLiteral("keep"), keep}};
}

AddSourceDialog::AddSourceDialog(const SourceRequest& start, QWidget* parent)
    : QDialog(parent)
    , m_address(new QLineEdit(start.address, this))
    , m_problem(new QLabel(this))
    , m_port(new QSpinBox(this))
    , m_authenticated(new QCheckBox(tr("Authenticate it with &Network Time Security, or do not use it"), this))
    , m_pool(new QCheckBox(tr("This is a &pool: use several of its servers"), this))
    , m_interleaved(
          new QCheckBox(tr("Ask in &interleaved mode, which is more exact where the server supports it"), this))
    , m_burst(new QCheckBox(tr("Ask &quickly at the start, for a first result within seconds"), this))
    , m_keep(new QCheckBox(tr("&Keep it when the service restarts"), this))
    , m_add(nullptr)
{
    setWindowTitle(tr("Add a Source"));
    m_address->setPlaceholderText(QStringLiteral("time.example.org"));
    m_address->setMaxLength(longestAddress);
    m_address->setMinimumWidth(fontMetrics().averageCharWidth() * 40);
    m_address->setInputMethodHints(Qt::ImhNoAutoUppercase | Qt::ImhNoPredictiveText | Qt::ImhUrlCharactersOnly);
    m_problem->setTextFormat(Qt::PlainText);
    QPalette colors = m_problem->palette();
    colors.setColor(QPalette::WindowText, toneColor(Tone::Bad, colors, QPalette::Window));
    m_problem->setPalette(colors);
    // There is room for the longest one from the start, so that the dialog does not jump.
    for (const AddressError error : {AddressError::BadIpAddress, AddressError::BadName, AddressError::BadPort}) {
        m_problem->setText(problemText(error));
        m_problem->setMinimumSize(m_problem->minimumSize().expandedTo(m_problem->sizeHint()));
    }
    m_port->setRange(1, 65535);
    m_port->setValue(start.port);
    m_port->setGroupSeparatorShown(false);
    m_authenticated->setChecked(start.isAuthenticated);
    m_pool->setChecked(start.isPool);
    m_interleaved->setChecked(start.isInterleaved);
    m_burst->setChecked(start.burst);
    m_keep->setChecked(start.keep);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_add = buttons->button(QDialogButtonBox::Ok);
    m_add->setText(tr("&Add"));

    auto* form = new QFormLayout;
    form->addRow(tr("&Server:"), m_address);
    form->addRow(QString(), m_problem);
    form->addRow(tr("P&ort:"), m_port);
    form->addRow(QString(), m_authenticated);
    form->addRow(QString(), m_pool);
    form->addRow(QString(), m_interleaved);
    form->addRow(QString(), m_burst);
    form->addRow(QString(), m_keep);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addStretch();
    layout->addWidget(buttons);
    layout->setSizeConstraint(QLayout::SetFixedSize);

    connect(m_address, &QLineEdit::textChanged, this, &AddSourceDialog::check);
    connect(m_authenticated, &QCheckBox::toggled, this, &AddSourceDialog::useUsualPort);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

SourceRequest AddSourceDialog::request() const
{
    return {.address = m_address->text().trimmed(),
        .port = m_port->value(),
        .isAuthenticated = m_authenticated->isChecked(),
        .isPool = m_pool->isChecked(),
        .isInterleaved = m_interleaved->isChecked(),
        .burst = m_burst->isChecked(),
        .keep = m_keep->isChecked()};
}

QString AddSourceDialog::serverText() const
{
    auto address = parseServerAddress(m_address->text(), static_cast<quint16>(m_port->value()));
    if (!address)
        return {};
    address->isAuthenticated = m_authenticated->isChecked();
    return address->toText();
}

// A port that somebody chose stays.
void AddSourceDialog::useUsualPort(bool isAuthenticated)
{
    if (m_port->value() == (isAuthenticated ? bus::ntpPort : bus::keyExchangePort))
        m_port->setValue(isAuthenticated ? bus::keyExchangePort : bus::ntpPort);
}

void AddSourceDialog::check()
{
    const auto address = parseServerAddress(m_address->text(), static_cast<quint16>(m_port->value()));
    // Who writes nts:// has said it.
    if (address && address->isAuthenticated)
        m_authenticated->setChecked(true);
    m_authenticated->setEnabled(!address || !address->isAuthenticated);
    m_add->setEnabled(address.has_value());
    // A port that stands in the address counts; the field shows it.
    m_port->setEnabled(!address || address->port == m_port->value() || m_address->text().trimmed().isEmpty());
    m_problem->setText(address ? QString() : problemText(address.error()));
}

QString AddSourceDialog::problemText(AddressError error)
{
    switch (error) {
    case AddressError::Empty:
        return {};
    case AddressError::BadIpAddress:
        return tr("This is not a complete IP address.");
    case AddressError::BadName:
        return tr("This cannot be the name of a server.");
    case AddressError::BadPort:
        return tr("The port is a number from 1 to 65535.");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace foliot::gui
