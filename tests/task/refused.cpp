// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

// Each #if is one mistake that must not compile; the line after it is a part of what the compiler must say.
// Without any of them the file must compile, so that it fails for no other reason. Read by refused.cmake.
#include "task/registry.h"

using namespace drover;

struct Loose
{
    QString text;
};

struct Aggregate
{
    QString text;
    template <typename V> void fields(V &v) { v(text); }
};

constexpr Function<int(int, QString)> both{"lab.both", arg("x"), arg("text", "a")};
constexpr Function<void(bool)> flag{"lab.flag", arg("on")};
constexpr Function<void(Aggregate)> take{"lab.take", arg("a")};

void use(Caller &caller, Registry &registry)
{
    const Aggregate named{QStringLiteral("a")};
    caller.call(take, named);
    caller.call(both, 1, "b", Options());
    caller.call(both, 1);
    caller.submit(both, 1, Options());
    registry.call(both, 1);
    registry.add(both, [](int, const QString &) { return 1; });

#if defined(REFUSE_TOO_MANY_ARGUMENTS)
    // says: too many arguments for this drover::Function
    caller.call(both, 1, "b", 3);
#elif defined(REFUSE_TOO_FEW_ARGUMENTS)
    // says: aParameterWithoutDefaultIsMissing
    caller.call(both);
#elif defined(REFUSE_TOO_FEW_BEFORE_OPTIONS)
    // says: aParameterWithoutDefaultIsMissing
    caller.submit(flag, Options().priority(1));
#elif defined(REFUSE_WRONG_TYPE)
    // says: an argument has another type than its parameter of this drover::Function
    caller.call(both, QStringLiteral("1"));
#elif defined(REFUSE_FRACTION_FOR_INTEGER)
    // says: an argument has another type than its parameter of this drover::Function
    caller.call(both, 1.5);
#elif defined(REFUSE_TEXT_FOR_BOOL)
    // says: an argument has another type than its parameter of this drover::Function
    caller.call(flag, "true");
#elif defined(REFUSE_TEMPORARY_AGGREGATE)
    // says: name the value first, or give the type a constructor
    caller.call(take, Aggregate{QStringLiteral("a")});
#elif defined(REFUSE_DEFAULT_OF_ANOTHER_KIND)
    // says: the default of an arg() is of another kind than its parameter
    constexpr Function<void(int)> wrong{"lab.wrong", arg("x", "text")};
#elif defined(REFUSE_FRACTION_AS_DEFAULT)
    // says: the default of an arg() is of another kind than its parameter
    constexpr Function<void(int)> wrong{"lab.wrong", arg("x", 1.5)};
#elif defined(REFUSE_DEFAULT_OUT_OF_RANGE)
    // says: theDefaultDoesNotFitItsParameter
    constexpr Function<void(qint8)> wrong{"lab.wrong", arg("x", 300)};
#elif defined(REFUSE_TOO_FEW_ARGS)
    // says: a drover::Function needs one arg() for each of its parameters
    constexpr Function<void(int, int)> wrong{"lab.wrong", arg("x")};
#elif defined(REFUSE_TYPE_THAT_CANNOT_TRAVEL)
    // says: a parameter of this drover::Function has a type that cannot travel
    constexpr Function<void(Loose)> wrong{"lab.wrong"};
#elif defined(REFUSE_RESULT_THAT_CANNOT_TRAVEL)
    // says: the result of this drover::Function has a type that cannot travel
    constexpr Function<Loose()> wrong{"lab.wrong"};
#elif defined(REFUSE_CALLABLE_OF_OTHER_PARAMETERS)
    // says: the callable does not take the parameters of this drover::Function
    registry.add(both, [](int) { return 1; });
#elif defined(REFUSE_CALLABLE_OF_ANOTHER_RESULT)
    // says: the callable returns something else than this drover::Function
    registry.add(both, [](int, QString) { return QStringLiteral("1"); });
#endif
}
