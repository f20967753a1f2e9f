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
			task:f482cb6ff2d17a877d847d69a3e9b945038e902a643f3d3afbfdf8010b2c0530:c922d356b0a17e927995ac01c6a6ceeb50b5983f6e178aea22ea014d1cd75dd9
			task:25a6a53f1a6c2332e4cbf339540887f2a810cd374ab1dffafbfdf8010b2c0530:7ea67401e49602c70643d0741514d7c98c0386c62fb3e0b74a28ff009512f66d
			task:c71310ee67bbf4b66f5fa88e1a08ca6cdbd75909bbf2a4bedf3f619804a92fdb:f987f99db1e633593c900c1b9541fd714937e12619fd845ce6a60af2b151a30f
			3370998c9bade90ae7aadc2bd99b29ae4fc4a0492eb5e6f9bad1df87db1280ce
			bb6f530e0e0bbbff0f5e39c29070ef7f60a29c5d9b6cb60c9f5ee17812e201a1
			0c3fca9d8c106db056a7ba57bd07596c1fc8c2cc126ac3bba810bd1212325a0b
			90b1c9f877d59749db934ed169968df063262e7cd2d0f4c7f40c012e5a3e82d0
			956a72991fc1894a3fecb9686e5299be8c8f569358fd3eff295002bc7d871984
			b44ea0a2ffe0e26a7660a2f9bf87c99bd1dfda4dd00c1949f7f7dcf8329e3bce
			0ccf8d9926d06aaf0ab84630241ae126431f6e9d9763f3cbef9721e3bb44e881
			1433bcb71faeb40b935f03adfa3e4599412ba2ff066248eafa11e95812ae8d25
			13697774647326cd1cdd26311dfc733eaf2eeb02cf5061c68cddd1fad58236b2
			896055c4f90da5e15e607dbd1d9a34d35bda5b8ae1da360fb371054937d3779c
			4f0ceb1723b4552711aa42d0aa9c9b3f7c8e584eb07176c27513fbe35715aff9
			787e1f6d9ef366a89287ea4043d3c96aadfb8b914444c683f173ed650f666487
			b0c7189dfd740a493ae5f6f6b04fd9077ef9a8f27c638c5c1cc2dcd78de3893e
			e7c183605f2a07fabcf504529e15163ed9ba2c9d15f71d3c0d02b52262e6089f
			0a041c5c5c3540eaad4cb02d0275b53729df1a54a00c055b18a6dddfea93af38
			0389d51e980a0742411d7f7fce267e341bcd29413eac2991d4f897bd22eb7643
			8be8a8ca21d0921c4d058a84d0b704baa3d8f9c9a597c517e30c9a036028e9e2
			8b2a1db9b8e32833c4e4534dc9fea8e5b39a53b10e85c08b9baa976443965cc4
			9db49c578b90ebaaf97867d843136f97891ea9f3553853d0260f19b6eff0533e
			9a21262ddc43a0a91cda1a5df89f6ff1e600425e4c8ea5a42a34ad4c270a0cae
			e525743ebf1f0712c4672114c1544990fec69a1f4475cef706de0d4b8c5346b0
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
		assertThat(Keys.of(decimals)).isEqualTo("982c8fb1ca0bdbddc22622686d1875199a0d31639ffebf28ce9b7c067972a1f4");
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
