// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT
