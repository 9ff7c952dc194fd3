import { createRoute } from '@tanstack/react-router';
import { rootRoute } from './root-route.tsx';

export const deskRoute = createRoute({ getParentRoute: () => rootRoute, path: '/desk' });
