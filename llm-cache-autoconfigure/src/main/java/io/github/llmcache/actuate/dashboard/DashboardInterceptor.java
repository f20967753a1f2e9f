package io.github.llmcache.actuate.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.util.ClassUtils;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Sets the headers of the page and its files in a servlet container. If Spring Security
 * wants a token against forged requests, hands it to the page.
 */
public final class DashboardInterceptor implements HandlerInterceptor {

	private static final boolean SECURITY = ClassUtils.isPresent("org.springframework.security.web.csrf.CsrfToken",
			DashboardInterceptor.class.getClassLoader());

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		DashboardHeaders.ALWAYS.forEach(response::setHeader);
		if (SECURITY) {
			Token.add(request, response);
		}
		return true;
	}

	private static final class Token {

		static void add(HttpServletRequest request, HttpServletResponse response) {
			if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
				response.setHeader(DashboardHeaders.TOKEN_NAME, token.getHeaderName());
				response.setHeader(DashboardHeaders.TOKEN, token.getToken());
			}
		}

	}

}
