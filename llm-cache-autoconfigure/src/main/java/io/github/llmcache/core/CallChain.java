package io.github.llmcache.core;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A call as a node in the graph of those who wait: it waits for the leader of a flight,
 * or for calls that are made within its method. A call that would close a circle does not
 * wait.
 * <p>
 * A call announces that it waits before it looks for a circle, so that of several calls
 * that close one together, the last to announce finds it.
 */
final class CallChain {

	/** The call that the method within was made for. */
	private final @Nullable CallChain outer;

	private volatile @Nullable CallChain leader;

	/** Calls made within this one that are waiting; made for the first of them. */
	private @Nullable Set<CallChain> waiting;

	/**
	 * A call that has not begun to wait.
	 * @param outer the call within whose method it is made, if there is one
	 */
	CallChain(@Nullable CallChain outer) {
		this.outer = outer;
	}

	/**
	 * Begin to wait for another call.
	 * @return {@code false} if that one waits for this one, which goes on then
	 */
	boolean waitFor(CallChain call) {
		this.leader = call;
		for (CallChain each = this.outer; each != null; each = each.outer) {
			each.add(this);
		}
		if (call.reaches(this, new HashSet<>())) {
			goOn();
			return false;
		}
		return true;
	}

	/**
	 * Stop waiting.
	 */
	void goOn() {
		if (this.leader != null) {
			this.leader = null;
			for (CallChain each = this.outer; each != null; each = each.outer) {
				each.remove(this);
			}
		}
	}

	/**
	 * Whether this call waits for another one, or for one that waits for it.
	 */
	private boolean reaches(CallChain call, Set<CallChain> seen) {
		if (!seen.add(this)) {
			return false;
		}
		if (call.isWithin(this)) {
			return true;
		}
		CallChain awaited = this.leader;
		return (awaited != null && awaited.reaches(call, seen)) || waiting().stream().anyMatch((within) -> {
			CallChain next = within.leader;
			return next != null && next.reaches(call, seen);
		});
	}

	private boolean isWithin(CallChain call) {
		for (CallChain each = this; each != null; each = each.outer) {
			if (each == call) {
				return true;
			}
		}
		return false;
	}

	private synchronized void add(CallChain within) {
		if (this.waiting == null) {
			this.waiting = new HashSet<>();
		}
		this.waiting.add(within);
	}

	private synchronized void remove(CallChain within) {
		if (this.waiting != null) {
			this.waiting.remove(within);
		}
	}

	private synchronized List<CallChain> waiting() {
		return (this.waiting != null) ? List.copyOf(this.waiting) : List.of();
	}

}
