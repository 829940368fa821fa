// SPDX-FileCopyrightText: 2026 The Drover authors
// SPDX-License-Identifier: MIT

#include "protocol/optionscodec.h"

namespace drover {

namespace {

Options &unset()
{
    static Options options;
    return options;
}

//! Writes what differs from \ref unset, whose fields it walks beside those given.
struct DifferenceWriter
{
    CborWriter &writer;

    template <typename... T> void operator()(const T &...mine)
    {
        auto pairs = [&](const T &...theirs) {
            writer.map((quint64(0) + ... + quint64(mine != theirs)));
            quint64 key = 0;
            (pair(++key, mine, theirs), ...);
        };
        unset().fields(pairs);
    }

    template <typename T> void pair(quint64 key, const T &mine, const T &theirs)
    {
        if (mine == theirs)
            return;
        writer.unsignedInt(key);
        Codec<T>::write(writer, mine);
    }
};

//! Reads the field at one place.
struct PlaceReader
{
    CborReader &reader;
    quint64 key;
    bool found = false;

    template <typename... T> void operator()(T &...field)
    {
        quint64 place = 0;
        (at(++place, field), ...);
    }

    template <typename T> void at(quint64 place, T &field)
    {
        if (place != key)
            return;
        found = true;
        Codec<T>::read(reader, field);
    }
};

void readOption(CborReader &reader, Options &options)
{
    const quint64 key = reader.unsignedInt();
    if (!reader.ok())
        return;
    PlaceReader place{reader, key};
    options.fields(place);
    if (!place.found && key < firstIgnoredOption)
        reader.fail("an option of this version", ErrorCode::Unsupported);
    else if (!place.found)
        reader.skip();
    if (!reader.ok())
        reader.failedIn(int(key));
}

} // namespace

void Codec<Options>::write(CborWriter &writer, const Options &options)
{
    DifferenceWriter differences{writer};
    const_cast<Options &>(options).fields(differences);
}

void Codec<Options>::read(CborReader &reader, Options &options)
{
    options = Options();
    const quint64 count = reader.map();
    for (quint64 i = 0; i < count && reader.ok(); ++i)
        readOption(reader, options);
}

} // namespace drover
