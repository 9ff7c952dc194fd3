import { createRootRoute, createRoute, redirect } from '@tanstack/react-router';
import { sessionQuery } from '../api/session.ts';
import { NotFoundPage } from './fallback-pages.tsx';
import { queryClient } from './query-client.ts';
import { Shell } from './shell.tsx';

export const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

/**
 * Parent of every page that needs a login: without one it leads to the login page and comes back. Without a network
 * the page opens with what it knows.
 */
export const memberRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'member',
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery).catch(() => undefined);
    if (session === null)
      throw redirect({ to: '/login', search: { next: location.pathname }, replace: true });
  },
});
