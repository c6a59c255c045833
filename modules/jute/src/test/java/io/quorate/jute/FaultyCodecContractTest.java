package io.quorate.jute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecException;
import io.quorate.spi.codec.CodecProvider;
import io.quorate.spi.codec.tck.CodecContract;
import io.quorate.spi.codec.tck.FaultyCodec;
import io.quorate.spi.codec.tck.TckTree;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The codec for tests of damage is a codec until it is told to do some. */
class FaultyCodecContractTest extends CodecContract {
  @Override
  protected CodecProvider provider() {
    return new CodecProvider() {
      @Override
      public String name() {
        return "jute";
      }

      @Override
      public Codec open(CodecConfiguration configuration) {
        return new FaultyCodec(new JuteCodec(configuration), 1);
      }
    };
  }

  @Test
  void damageIsDoneOnceAndWhenItWasAskedFor() throws IOException {
    FaultyCodec codec = new FaultyCodec(States.codec(true, true), 7);
    TckTree tree = States.sample();
    byte[] good = States.write(codec, tree);
    for (FaultyCodec.Kind kind :
        new FaultyCodec.Kind[] {FaultyCodec.Kind.FLIPPED_BIT, FaultyCodec.Kind.TRUNCATED}) {
      codec.damage(kind, 1);
      assertEquals(0, Arrays.compare(good, States.write(codec, tree)));
      byte[] bad = States.write(codec, tree);
      assertEquals(0, Arrays.compare(good, States.write(codec, tree)));
      assertThrows(CodecException.class, () -> States.read(bad, new TckTree(0)));
    }
    codec.damage(FaultyCodec.Kind.REFUSED, 1);
    byte[] record = TxnGoldenTest.encode(TxnGoldenTest.cases().findFirst().orElseThrow());
    codec.decode(record, 0, record.length);
    assertThrows(CodecException.class, () -> codec.decode(record, 0, record.length));
    codec.decode(record, 0, record.length);
  }
}
