package io.github.llmcache.key;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same call has the same key in every JVM and after every restart.
 */
class KeyStabilityTests {

	/**
	 * What {@link KeyPrinter} printed when the layout of keys was laid down. Stored
	 * answers are lost where this changes.
	 */
	private static final List<String> GOLDEN = """
			task:5b03312c7e387403f3b9b0d180e5c21e563121306df3c3be9e39b09a52afa69b:f22f9ff8875d09f4c83d023305e86fa832b23697a93fe02f7a508a0d8a8a0be0
			task:0d22084a63949032bd5280b2f7e215c51c62b951a6e849cf54415c6f3f742a19:e9956000ff88689dbe4844950e34276c2462a1ea2ca8aae7ca144481b4a6e5c9
			task:38daf361718d5749765afbfdd5d1f16a8a671c9b83157724aef3a8d690596e52:74ddafd066440d2e85281d8882fd8e55c6755dca573c050f4ccc97c8ad43df82
			ade3b068c8a1037639044c66fc9e5bd407312fdace9606d5edb4fb464534e9a8
			356db638b64170b8b13551b0e4b70c7f4d2668838ab81e4af2da7b731a1b0f0d
			364ee220d3fb65f4761a64537669d7f2db34e2a4fa376dd03f255d1162f23d71
			6ee5d0a6f6f04be1f3c01e0247d6742f7725497855c80db84ade904885ee3b20
			5e15ef399558012b0265e88f92e78aa78dd51dadf3e819a85a6f541b61d8c81c
			859c0fea701f5f61c626b03529b21fa02a7b55fc3e1fd8fa959b95860ced0b0a
			c8de8708197366e941a32f826afa1fe8ec6c03f6e08b17d55284bf6c0e616716
			25c93df8269b25d49c6a93dfd20a4d234b33eb9f51b06b3fd0e10b86e829368d
			df776ac36d06db825762e60788143a23e231799473f6454981b810ca21a92486
			c23f0ba3a2b803d659e421655e50cda7b571b68fda8bf28ef26c961ad40f9b6a
			2cc78020720073fd04167374a76b8506ec27351cff5d3bff4ac140fb15e61f92
			f15bd2df953a19b6d1fc2511caa30e3880bd6f77913f573d456b721511230b6b
			a41843bc7bd38007e4b1f2bcf7582ca79277ccba5dafbf9e726c8b29cdbeb363
			947d33f79a2c767bdb55207ac4ea5506602338946d3aa9c1f0d7882d38bebcb6
			3cf03cacd7f2ae8eeb0f25ed0338f795328ac7d7e1d43954a8bc4c2e379f9a82
			13c8c98bf2bfb0c28d1ccc74deeaf6f42e7e5bfe90ba0ef6de7e6ef99a60aecd
			ed40fdb983ff7eec189cd6560a56aff096504f39a2833dd76cbb8190df7de69a
			467215b680af755812f40b602a0e6a9d14f048f4afe936b9c49b3a6828f7dcf7
			a47225ba6aff329b6070f71c037ea8ca8a74c6080402ff7f6fc1dbaac09325f8
			f4d6fd2dd7a6c89bc775c0541eaa16c85bfea3b48c068931c7de99abe7208f80
			ee9f062e646645bebf619c89063b4564508e2d66993eecb46a421ec5de51fb87
			"""
		.lines()
		.toList();

	@Test
	void keysAreThoseOfTheLayout() {
		assertThat(KeyPrinter.keys()).isEqualTo(GOLDEN);
	}

	/**
	 * Some decimals have another text on JDK 17 than on JDK 19 and later.
	 */
	@Test
	void decimalsHaveTheSameKeysOnEveryJdk() {
		Random random = new Random(1);
		List<Double> decimals = Stream.generate(() -> Double.longBitsToDouble(random.nextLong()))
			.limit(10_000)
			.toList();
		assertThat(Keys.of(decimals)).isEqualTo("034bb375cd718657adf75f6c0a229f17ed4c426c02648d84be4a228cca95cbf1");
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
