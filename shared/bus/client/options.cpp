// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bus/client/options.h"

namespace foliot::bus {

using namespace Qt::StringLiterals;

QVariantMap optionsBesidesDefault(const QVariantMap& options)
{
    static const QVariantMap usual{{u"burst"_s, true}, {u"key"_s, 0U}, {u"maxpoll"_s, 10}, {u"maxsources"_s, 4},
        {u"minpoll"_s, 6}, {u"noselect"_s, false}, {u"nts"_s, false}, {u"pool"_s, false}, {u"prefer"_s, false},
        {u"profile"_s, u"default"_s}, {u"require"_s, false}, {u"smeared"_s, false}, {u"trust"_s, false},
        {u"version"_s, 4}, {u"xleave"_s, false}};
    QVariantMap given;
    for (auto option = options.cbegin(); option != options.cend(); ++option) {
        const auto known = usual.constFind(option.key());
        if (known == usual.constEnd() || *known != *option)
            given.insert(option.key(), *option);
    }
    return given;
}

} // namespace foliot::bus
