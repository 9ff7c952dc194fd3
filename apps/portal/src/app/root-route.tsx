import { createRootRoute } from '@tanstack/react-router';
import { NotFoundPage } from './fallback-pages.tsx';
import { Shell } from './shell.tsx';

export const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundPage,
});
