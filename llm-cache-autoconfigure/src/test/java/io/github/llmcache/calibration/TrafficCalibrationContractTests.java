package io.github.llmcache.calibration;

import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.store.memory.MemoryLimits;
import io.github.llmcache.test.MutableClock;
import io.github.llmcache.test.contract.CalibrationContract;

/**
 * {@link TrafficCalibration} keeps the contract.
 */
class TrafficCalibrationContractTests extends CalibrationContract {

	private final MutableClock clock = new MutableClock();

	@Override
	protected Calibration createCalibration() {
		return new TrafficCalibration(
				new MemoryCacheStore(new MemoryLimits(100, 1 << 20), new VectorIndexFactory(1_000, Runnable::run),
						this.clock, LlmCacheListener.NO_OP),
				Runnable::run, this.clock, () -> 0.5, LlmCacheListener.NO_OP);
	}

}
