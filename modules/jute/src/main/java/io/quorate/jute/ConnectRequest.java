package io.quorate.jute;

import io.quorate.spi.codec.CodecException;

/**
 * The first message of a client (reference section 1.3).
 *
 * @param protocolVersion 0 in all known clients; not checked
 * @param lastZxidSeen the highest zxid that this client has seen, 0 for none
 * @param timeoutMs the session timeout it asks for
 * @param sessionId 0 for a new session
 * @param password that of the session; empty where the client sent null
 * @param readOnly whether it accepts a read-only server
 * @param hasReadOnlyByte whether it sent that byte, so that the answer has to carry one as well
 */
@SuppressWarnings("ArrayRecordComponent") // a message, never compared
public record ConnectRequest(
    int protocolVersion,
    long lastZxidSeen,
    int timeoutMs,
    long sessionId,
    byte[] password,
    boolean readOnly,
    boolean hasReadOnlyByte) {

  /** The longest password that is read, in bytes; real ones have 16. */
  public static final int MAX_PASSWORD_BYTES = 4096;

  /**
   * Decodes the payload of a first frame. What follows the readOnly byte is ignored.
   *
   * @throws CodecException if it is too short or its password too long; the connection is then to
   *     be closed
   */
  public static ConnectRequest decode(byte[] a, int offset, int length) throws CodecException {
    WireReader in = new WireReader(a, offset, length);
    int protocolVersion = in.readInt();
    long lastZxidSeen = in.readLong();
    int timeoutMs = in.readInt();
    long sessionId = in.readLong();
    byte[] password = in.readBuffer();
    if (password != null && password.length > MAX_PASSWORD_BYTES) {
      in.fail("a password of " + password.length + " bytes");
    }
    boolean hasReadOnlyByte = in.remaining() > 0;
    boolean readOnly = hasReadOnlyByte && in.readBoolean();
    if (in.failed()) {
      throw new CodecException("not a ConnectRequest: " + in.problem());
    }
    return new ConnectRequest(
        protocolVersion,
        lastZxidSeen,
        timeoutMs,
        sessionId,
        password == null ? new byte[0] : password,
        readOnly,
        hasReadOnlyByte);
  }
}
