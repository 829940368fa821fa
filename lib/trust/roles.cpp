// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "trust/roles.h"

#include <QtCore/QRegularExpression>

namespace drover {

namespace {

struct NamedRole
{
    Role role;
    QLatin1StringView name;
};

constexpr NamedRole namedRoles[] = {
    {Role::Observe, QLatin1StringView("observe")}, {Role::Submit, QLatin1StringView("submit")},
    {Role::Command, QLatin1StringView("command")}, {Role::Work, QLatin1StringView("work")},
    {Role::Admin, QLatin1StringView("admin")},
};

std::optional<Role> roleFromName(QStringView name)
{
    for (const NamedRole &known : namedRoles) {
        if (name.compare(known.name, Qt::CaseInsensitive) == 0)
            return known.role;
    }
    return {};
}

} // namespace

bool permits(Roles granted, Role needed)
{
    return granted.testFlag(Role::Admin) || granted.testFlag(needed);
}

QString toString(Roles roles)
{
    return names(roles).join(u',');
}

QStringList names(Roles roles)
{
    QStringList result;
    for (const NamedRole &known : namedRoles) {
        if (roles.testFlag(known.role))
            result += known.name;
    }
    return result;
}

Result<Roles> rolesFromString(QStringView text)
{
    static const QRegularExpression separator(QStringLiteral("[,\\s]+"));
    Roles roles;
    for (const QString &word : text.toString().split(separator, Qt::SkipEmptyParts)) {
        const std::optional<Role> role = roleFromName(word);
        if (!role)
            return fail(ErrorCode::InvalidArgument,
                        QStringLiteral("There is no role \"%1\". The roles are observe, submit, command, work, admin.")
                            .arg(word));
        roles |= *role;
    }
    return roles;
}

} // namespace drover
