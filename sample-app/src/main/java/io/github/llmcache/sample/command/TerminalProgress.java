package io.github.llmcache.sample.command;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.Method;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

import org.springframework.util.ReflectionUtils;

/**
 * A bar on a terminal, nothing elsewhere.
 */
final class TerminalProgress implements Progress, AutoCloseable {

	private final ProgressBar bar;

	private TerminalProgress(ProgressBar bar) {
		this.bar = bar;
	}

	static TerminalProgress start(String title, long size, PrintStream err) {
		return new TerminalProgress(new ProgressBarBuilder().setTaskName(title)
			.setInitialMax(size)
			.setStyle(ProgressBarStyle.ASCII)
			.setConsumer(new ConsoleProgressBarConsumer(err))
			.build());
	}

	/**
	 * Whether somebody is watching. From JDK 22 on there is a console without a terminal,
	 * too, and it has to be asked.
	 */
	static boolean isTerminal() {
		Console console = System.console();
		if (console == null) {
			return false;
		}
		Method isTerminal = ReflectionUtils.findMethod(Console.class, "isTerminal");
		return isTerminal == null || Boolean.TRUE.equals(ReflectionUtils.invokeMethod(isTerminal, console));
	}

	@Override
	public void step() {
		this.bar.step();
	}

	@Override
	public void close() {
		this.bar.close();
	}

}
