// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#pragma once

#include "node.h"

#include <map>

namespace drover::simulation {

//! Links between nodes: an ordered queue each way, whose ends learn of its loss each in their own time.
class Network
{
public:
    explicit Network(World &world) : m_world(world) {}

    //! Tries to open a link; \a from hears of it by linkReady(), refused() or unreachable().
    void dial(Node &from, Node &to);
    void send(LinkId link, const Node &from, Message message);
    //! \a from leaves: what it has sent arrives, then the other side hears of it.
    void close(LinkId link, const Node &from);
    //! The process of \a node is gone, and with it its ends.
    void ended(const Node &node);

    // What can go wrong.
    //! What is under way is lost, either way.
    void drop(LinkId link);
    //! Nothing arrives for so long; nothing is lost.
    void stall(LinkId link, std::chrono::nanoseconds time);
    //! Nobody reaches anybody between these two for so long.
    void separate(Node &a, Node &b, std::chrono::nanoseconds time);
    //! All that separates is over.
    void heal() { m_separated.clear(); }
    QList<LinkId> links() const;
    //! The two ends of it.
    std::pair<Node *, Node *> ends(LinkId link) const;

private:
    struct End
    {
        Node *node = nullptr;
        quint64 life = 0;
        Id incarnation; //!< of its process
        bool isReady = false;
        bool isClosed = false;
        MonotonicTime lastArrival{};
    };
    struct Link
    {
        End ends[2];
        bool isCut = false;
        std::chrono::microseconds longest{0}; //!< delay of a message
    };
    using Links = std::map<LinkId, Link>;

    Link *find(LinkId link);
    void open(Node &from, Node &to);
    //! Plans what arrives at one end, behind all that was sent before.
    void arrive(LinkId link, int to, std::function<void()> event);
    void sayHello(LinkId link, int to);
    void notice(LinkId link, int end, std::chrono::nanoseconds after);
    void lose(LinkId link, int end);
    bool isSeparated(const Node &a, const Node &b) const;

    World &m_world;
    Links m_links;
    LinkId m_last = 0;
    std::map<std::pair<const Node *, const Node *>, MonotonicTime> m_separated;
};

} // namespace drover::simulation
