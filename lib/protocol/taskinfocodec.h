// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/errorcodec.h"
#include "protocol/statecodec.h"
#include "task/taskinfo.h"
