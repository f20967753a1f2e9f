package io.github.llmcache.store.redis;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.diagnostics.SetupException;

/**
 * Chooses where similar prompts are searched, once the server can be asked.
 */
final class SearchSelection {

	private static final Log logger = LogFactory.getLog(RedisCacheStore.class);

	private final SearchMode mode;

	private final byte[] key;

	private final RedisScripts scripts;

	private final SimilaritySearch vectorSets;

	private final SimilaritySearch inProcess;

	private volatile @Nullable SimilaritySearch selected;

	SearchSelection(SearchMode mode, byte[] key, RedisScripts scripts, SimilaritySearch vectorSets,
			SimilaritySearch inProcess) {
		this.mode = mode;
		this.key = key;
		this.scripts = scripts;
		this.vectorSets = vectorSets;
		this.inProcess = inProcess;
	}

	/**
	 * The search to use.
	 * @throws UnsupportedServerException if vector sets were asked for and there are none
	 */
	SimilaritySearch get() {
		SimilaritySearch current = this.selected;
		return (current != null) ? current : select();
	}

	/**
	 * Connect, and ask the server for the first time.
	 */
	void open() {
		this.scripts.open(Script.DETECT, List.of(this.key));
		get();
	}

	/**
	 * Ask the server again: it may be another one by now.
	 */
	void forget() {
		this.selected = null;
	}

	@Override
	public String toString() {
		SimilaritySearch current = this.selected;
		if (current == null) {
			return "not reached yet";
		}
		return (current == this.vectorSets) ? "vector sets" : "in-process index";
	}

	private SimilaritySearch select() {
		SimilaritySearch selection = (hasVectorSets()) ? this.vectorSets : this.inProcess;
		synchronized (this) {
			if (this.selected != selection) {
				this.selected = selection;
				logger.info("LlmCache: answers are stored on Redis, similar prompts are searched by " + this);
			}
		}
		return selection;
	}

	private boolean hasVectorSets() {
		if (this.mode == SearchMode.IN_PROCESS) {
			return false;
		}
		Reply problem = this.scripts.run(Script.DETECT, List.of(this.key));
		if (problem.size() > 0 && this.mode == SearchMode.VECTOR_SET) {
			throw new UnsupportedServerException(problem.text(0));
		}
		return problem.size() == 0;
	}

	/**
	 * Vector sets were asked for, and the server has none.
	 */
	static final class UnsupportedServerException extends SetupException {

		UnsupportedServerException(String answer) {
			super("The property 'llm-cache.redis.search' is 'vector-set', and the server answered: '" + answer + "'.",
					"Use Redis 8 or later with a user that may run VADD, VSIM, VREM and VCARD, or set"
							+ " llm-cache.redis.search=auto.",
					null);
		}

	}

}
