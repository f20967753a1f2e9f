package io.github.llmcache.store.redis.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a client and a server on this machine, and breaks what goes through.
 */
public final class FaultProxy implements AutoCloseable {

	/** Not in the middle of a reply. */
	private static final int NO_RESET = -1;

	private final int target;

	private final int port;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicInteger resetAfter = new AtomicInteger(NO_RESET);

	private volatile ServerSocket listener;

	private volatile boolean hanging;

	private volatile long delayNanos;

	public FaultProxy(int target) {
		this.target = target;
		this.listener = listen(0);
		this.port = this.listener.getLocalPort();
		accept();
	}

	public int port() {
		return this.port;
	}

	/**
	 * Let everything through again. Connections that have lost bytes are closed.
	 */
	public void pass() {
		this.delayNanos = 0;
		this.resetAfter.set(NO_RESET);
		if (this.hanging) {
			this.hanging = false;
			closeConnections();
		}
		if (this.listener.isClosed()) {
			this.listener = listen(this.port);
			accept();
		}
	}

	/**
	 * Close all connections and refuse new ones.
	 */
	public void cut() {
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		closeConnections();
	}

	/**
	 * Accept everything and answer nothing.
	 */
	public void hang() {
		this.hanging = true;
	}

	/**
	 * Hold back each part of a reply.
	 */
	public void delay(Duration delay) {
		this.delayNanos = delay.toNanos();
	}

	/**
	 * Reset a connection after some bytes of its next reply.
	 */
	public void resetAfter(int bytes) {
		this.resetAfter.set(bytes);
	}

	private void accept() {
		ServerSocket current = this.listener;
		daemon("accept", () -> {
			while (!current.isClosed()) {
				connect(current.accept());
			}
		});
	}

	private void connect(Socket client) throws IOException {
		Socket server = new Socket();
		this.sockets.add(client);
		this.sockets.add(server);
		try {
			server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.target));
		}
		catch (IOException ex) {
			close(client);
			close(server);
			return;
		}
		daemon("requests", () -> copy(client, server, false));
		daemon("replies", () -> copy(server, client, true));
	}

	private void copy(Socket from, Socket to, boolean replies) {
		byte[] buffer = new byte[1 << 16];
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				if (this.hanging) {
					continue;
				}
				int reset = replies ? this.resetAfter.getAndSet(NO_RESET) : NO_RESET;
				if (reset >= 0) {
					out.write(buffer, 0, Math.min(length, reset));
					to.setSoLinger(true, 0);
					return;
				}
				if (replies && this.delayNanos > 0) {
					LockSupport.parkNanos(this.delayNanos);
				}
				out.write(buffer, 0, length);
			}
		}
		catch (IOException ex) {
			// one side is gone, and the other one goes, too
		}
		finally {
			close(from);
			close(to);
		}
	}

	private void closeConnections() {
		this.sockets.forEach(this::close);
	}

	private void close(Socket socket) {
		this.sockets.remove(socket);
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static ServerSocket listen(int port) {
		try {
			ServerSocket socket = new ServerSocket();
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void daemon(String name, Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// closed
			}
		}, "fault-proxy-" + name);
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		cut();
	}

	/**
	 * What a thread does until a socket is closed.
	 */
	private interface Task {

		void run() throws IOException;

	}

}
