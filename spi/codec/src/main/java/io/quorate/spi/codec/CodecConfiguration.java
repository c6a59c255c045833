package io.quorate.spi.codec;

import io.quorate.api.Stability;

/**
 * What a codec is opened with.
 *
 * @param maxRecordBytes the longest record that is read back; a longer length is refused before
 *     memory is taken for it
 * @param digest whether states are written with a digest
 * @param serializeLastZxid whether states are written with the zxid at their end
 */
@Stability.Evolving
public record CodecConfiguration(int maxRecordBytes, boolean digest, boolean serializeLastZxid) {}
