// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

extern "C" int somethingElse()
{
    return 0;
}
