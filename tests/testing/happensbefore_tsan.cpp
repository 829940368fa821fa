// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

// Linked into every program of a build with -fsanitize=thread, and into no other.
//
// Qt itself is not built with the sanitizer, which therefore does not see that what one thread wrote before it emitted
// a signal, posted an event or ended is seen by the thread that gets it, and would report each hand-over as a race.
// Here these facts are told to it, in place of suppressions, which would hide the races of our own slots as well.
// It errs towards silence: what was written before any signal counts as seen by every event that is delivered later.

#include <QtCore/QCoreApplication>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QThread>

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

// From Qt's private headers: called at the beginning of each signal.
struct QSignalSpyCallbackSet
{
    using Begin = void (*)(QObject *, int, void **);
    using End = void (*)(QObject *, int);
    Begin signalBegin = nullptr;
    Begin slotBegin = nullptr;
    End signalEnd = nullptr;
    End slotEnd = nullptr;
};
extern Q_DECL_IMPORT void qt_register_signal_spy_callbacks(QSignalSpyCallbackSet *);

// Of the sanitizer's runtime; GCC 12 installs no header for it.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*onMalloc)(const volatile void *, size_t),
                                                         void (*onFree)(const volatile void *));

namespace {

char handOver;

// How deep this thread is in functions of Qt that make events: what they allocate is handed over too.
[[gnu::tls_model("initial-exec")]] thread_local int making = 0;

void release()
{
    __tsan_release(&handOver);
}

void acquire()
{
    __tsan_acquire(&handOver);
}

bool onEvent(void **)
{
    acquire();
    return false; // to be delivered
}

template <typename Function> Function next(const char *name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

void onAllocated(const volatile void *, size_t)
{
    if (making > 0)
        release();
}

void onFreed(const volatile void *) {}

void onSignal(QObject *, int, void **)
{
    ++making;
    release();
}

void onSignalEnd(QObject *, int)
{
    --making;
}

// A functor on its way to another thread: what it does is seen by who waits for it, and by who deletes it.
struct Travelling : QtPrivate::QSlotObjectBase
{
    explicit Travelling(QSlotObjectBase *slot) : QSlotObjectBase(&handle), inner(slot) {}

    static void handle(int which, QSlotObjectBase *base, QObject *receiver, void **arguments, bool *)
    {
        auto *self = static_cast<Travelling *>(base);
        if (which == Call) {
            self->inner->call(receiver, arguments);
            release();
        } else if (which == Destroy) {
            acquire();
            self->inner->destroyIfLastRef();
            delete self;
        }
    }

    QSlotObjectBase *inner;
};

[[gnu::constructor]] void install()
{
    static QSignalSpyCallbackSet callbacks{onSignal, nullptr, onSignalEnd, nullptr};
    qt_register_signal_spy_callbacks(&callbacks);
    __sanitizer_install_malloc_and_free_hooks(onAllocated, onFreed);
    QInternal::registerCallback(QInternal::EventNotifyCallback, onEvent);
}

} // namespace

// These stand before Qt's functions of the same name, and go on to them.

void QCoreApplication::postEvent(QObject *receiver, QEvent *event, int priority)
{
    using Function = void (*)(QObject *, QEvent *, int);
    static const auto real = next<Function>("_ZN16QCoreApplication9postEventEP7QObjectP6QEventi");
    release();
    real(receiver, event, priority);
}

bool QMetaObject::invokeMethodImpl(QObject *object, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type,
                                   void *result)
{
    using Function = bool (*)(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *);
    static const auto real = next<Function>(
        "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    release();
    ++making;
    const bool done = real(object, new Travelling(slot), type, result);
    --making;
    acquire(); // a blocking call has waited for the other thread
    return done;
}

bool QThread::wait(QDeadlineTimer deadline)
{
    using Function = bool (*)(QThread *, QDeadlineTimer);
    static const auto real = next<Function>("_ZN7QThread4waitE14QDeadlineTimer");
    const bool ended = real(this, deadline);
    acquire();
    return ended;
}
