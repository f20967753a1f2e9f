package io.github.llmcache.key;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same call has the same key in every JVM and after every restart.
 */
class KeyStabilityTests {

	/**
	 * What {@link KeyPrinter} printed when the layout of keys was laid down. If this has
	 * to change, stored answers are lost, and the layout's version changes with it.
	 */
	private static final List<String> GOLDEN = """
			task:5b03312c7e387403f3b9b0d180e5c21e563121306df3c3be9e39b09a52afa69b:f22f9ff8875d09f4c83d023305e86fa832b23697a93fe02f7a508a0d8a8a0be0
			task:0d22084a63949032bd5280b2f7e215c51c62b951a6e849cf54415c6f3f742a19:e9956000ff88689dbe4844950e34276c2462a1ea2ca8aae7ca144481b4a6e5c9
			task:38daf361718d5749765afbfdd5d1f16a8a671c9b83157724aef3a8d690596e52:74ddafd066440d2e85281d8882fd8e55c6755dca573c050f4ccc97c8ad43df82
			ade3b068c8a1037639044c66fc9e5bd407312fdace9606d5edb4fb464534e9a8
			356db638b64170b8b13551b0e4b70c7f4d2668838ab81e4af2da7b731a1b0f0d
			364ee220d3fb65f4761a64537669d7f2db34e2a4fa376dd03f255d1162f23d71
			6ee5d0a6f6f04be1f3c01e0247d6742f7725497855c80db84ade904885ee3b20
			3bad9ab957f5c146a15b81b2500a1382f0c7fc11a513be21d5b892f4a7b5a9c7
			859c0fea701f5f61c626b03529b21fa02a7b55fc3e1fd8fa959b95860ced0b0a
			e944b214c720dba0c400e7c17caf1a47a633df4dacc9e16379d100ea25081964
			df4eea4eec652323662425dd382f83aff9621922f8b2b4ba9e9dae9c35a35532
			d44f34aa76671b9f4edb37676d929aa1b3be9f7c6dae8188fb25a4612f01f85b
			b090c69e38bb84dac6a4aca808404873434ed7ce5549763f3ced3a431aa60480
			8820edff84bdb44777153dde87943c9995a0fc6852cc36447cbea03c80eaa099
			f1daa61ce2378820eeedcd8bec8c4463c095739ca6d2b0dbc8e9ab395d08b691
			d15a939a1cc1e7eb166e57bde7c103c52769e5299002324f34d57a595d41e1f1
			7b1f7f8fcbeb4bc6805ccc2cc2bfe9f19f87e290b8a09bb5952da1c638faface
			43e0a887b3400e8aece785d7b94f4280ba98e5efc9e55cb1e4b65d8484d2584e
			b080308dad3331bbec44dae0a71aad04557d75e46c6abb06c47fce43ee2fa948
			9402eea42df870ac25cda8eabcf16f48b89a283276904306bf122740c197cb4e
			2ff127ffaac54e1e258fe9409bb46fd6a08161752889d35651ba735e020807c1
			bf6bf9b1e56cc7d170b5cf8fece4a92c32110cd9ea942ef3bbb343c5e2c7061e
			cc101a17f25048c609742b86399701f0bbea5dbc6e4e919cd7c2b73f6729d098
			0dfbd8b0914554ab17dfc15f9f9e77182ff9ff9a809a05c08d2c637bbd56086e
			"""
		.lines()
		.toList();

	@Test
	void keysAreThoseOfTheLayout() {
		assertThat(KeyPrinter.keys()).isEqualTo(GOLDEN);
	}

	@Test
	@Timeout(120)
	void anotherJvmComputesTheSameKeys() throws Exception {
		String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
		Process process = new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-Duser.language=tr", "-Duser.country=TR",
				"-Duser.timezone=Asia/Kathmandu", "-Dfile.encoding=ISO-8859-1", "-cp",
				System.getProperty("java.class.path"), KeyPrinter.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		List<String> keys = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
			.toList();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isZero();
		assertThat(keys).isEqualTo(KeyPrinter.keys());
	}

}
