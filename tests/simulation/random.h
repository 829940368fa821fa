// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/clock.h"

namespace drover::simulation {

//! Chance, as a function of its seed alone, the same on every system (splitmix64).
class Random
{
public:
    explicit Random(quint64 seed) : m_state(seed) {}

    quint64 next()
    {
        m_state += 0x9e3779b97f4a7c15u;
        quint64 bits = m_state;
        bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9u;
        bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebu;
        return bits ^ (bits >> 31);
    }
    //! From 0 to \a n - 1.
    int below(int n) { return int(next() % quint64(n)); }
    bool oneIn(int n) { return below(n) == 0; }
    //! From \a least to \a greatest, small ones far more often.
    std::chrono::microseconds skewed(std::chrono::microseconds least, std::chrono::microseconds greatest)
    {
        const qint64 span = greatest.count() - least.count() + 1;
        const qint64 part = span >> below(12);
        return least + std::chrono::microseconds(qint64(next() % quint64(qMax<qint64>(part, 1))));
    }
    std::chrono::microseconds between(std::chrono::microseconds least, std::chrono::microseconds greatest)
    {
        return least + std::chrono::microseconds(qint64(next() % quint64(greatest.count() - least.count() + 1)));
    }

private:
    quint64 m_state;
};

} // namespace drover::simulation
