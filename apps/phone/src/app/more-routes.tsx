import { createRoute, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { z } from 'zod';
import '../styles/pages.css';
import { NeedsRealName } from './real-name.tsx';
import { memberRoute } from './root-route.tsx';

const id = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .optional()
  .catch(undefined);

/** Pages about certificates and enterprises are for people whose name is proved (MOB-003, MOB-010). */
const verifiedRoute = createRoute({
  getParentRoute: () => memberRoute,
  id: 'verified',
  component: () => (
    <NeedsRealName>
      <Outlet />
    </NeedsRealName>
  ),
});

const apply = createRoute({
  getParentRoute: () => verifiedRoute,
  path: '/apply',
  validateSearch: z.object({
    applicant: z.enum(['ENTERPRISE', 'INDIVIDUAL']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../apply/start-page.tsx'), 'StartPage'),
});
const orders = createRoute({
  getParentRoute: () => verifiedRoute,
  path: '/orders',
  component: lazyRouteComponent(() => import('../apply/orders-page.tsx'), 'OrdersPage'),
});
const order = createRoute({
  getParentRoute: () => verifiedRoute,
  path: '/orders/$id',
  component: lazyRouteComponent(() => import('../apply/order-page.tsx'), 'OrderPage'),
});
const editOrder = createRoute({
  getParentRoute: () => verifiedRoute,
  path: '/orders/$id/edit',
  validateSearch: z.object({
    step: z
      .enum(['platform', 'enterprise', 'materials', 'certificate', 'form', 'submit'])
      .optional()
      .catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../apply/edit-page.tsx'), 'EditPage'),
});
const downloadOrder = createRoute({
  getParentRoute: () => verifiedRoute,
  path: '/orders/$id/download',
  component: lazyRouteComponent(() => import('../certificates/download-page.tsx'), 'DownloadPage'),
});

const certificates = createRoute({
  getParentRoute: () => memberRoute,
  path: '/certificates',
  validateSearch: z.object({ tab: z.enum(['effective', 'ended']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../certificates/certificates-page.tsx'), 'CertificatesPage'),
});
const certificate = createRoute({
  getParentRoute: () => memberRoute,
  path: '/certificates/$id',
  component: lazyRouteComponent(() => import('../certificates/certificate-page.tsx'), 'CertificatePage'),
});
const certificatePin = createRoute({
  getParentRoute: () => verifiedRoute,
  path: '/certificates/$id/pin',
  component: lazyRouteComponent(() => import('../certificates/change-pin-page.tsx'), 'ChangePinPage'),
});
const certificateOffer = createRoute({
  getParentRoute: () => verifiedRoute,
  path: '/certificates/$id/offer',
  component: lazyRouteComponent(() => import('../certificates/offer-page.tsx'), 'OfferPage'),
});
const certificateCheck = createRoute({
  getParentRoute: () => verifiedRoute,
  path: '/certificates/$id/check',
  component: lazyRouteComponent(
    () => import('../certificates/check-decryption-page.tsx'),
    'CheckDecryptionPage',
  ),
});
const certificateChange = createRoute({
  getParentRoute: () => verifiedRoute,
  path: '/certificates/$id/change',
  validateSearch: z.object({ kind: z.enum(['CHANGE', 'REISSUE', 'REAPPLY']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../certificates/change-page.tsx'), 'ChangePage'),
});

const people = createRoute({
  getParentRoute: () => verifiedRoute,
  path: '/people',
  validateSearch: z.object({ enterprise: id }),
  component: lazyRouteComponent(() => import('../people/people-page.tsx'), 'PeoplePage'),
});
const enterprise = createRoute({
  getParentRoute: () => verifiedRoute,
  path: '/enterprises/$id',
  component: lazyRouteComponent(() => import('../people/enterprise-page.tsx'), 'EnterprisePage'),
});
const person = createRoute({
  getParentRoute: () => verifiedRoute,
  path: '/enterprises/$id/people/$personId',
  component: lazyRouteComponent(() => import('../people/person-page.tsx'), 'PersonPage'),
});

const grants = createRoute({
  getParentRoute: () => verifiedRoute,
  path: '/grants',
  validateSearch: z.object({
    enterprise: id,
    by: z.enum(['platform', 'person']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../grants/grants-page.tsx'), 'GrantsPage'),
});
const newGrant = createRoute({
  getParentRoute: () => verifiedRoute,
  path: '/grants/new',
  validateSearch: z.object({ enterprise: id, person: id, scope: id }),
  component: lazyRouteComponent(() => import('../grants/new-grant-page.tsx'), 'NewGrantPage'),
});
const grantDetail = createRoute({
  getParentRoute: () => verifiedRoute,
  path: '/grants/detail',
  validateSearch: z.object({ enterprise: id, person: id, scope: id }),
  component: lazyRouteComponent(() => import('../grants/grant-detail-page.tsx'), 'GrantDetailPage'),
});

const approvals = createRoute({
  getParentRoute: () => memberRoute,
  path: '/approvals',
  component: lazyRouteComponent(() => import('../approvals/approvals-page.tsx'), 'ApprovalsPage'),
});
const offer = createRoute({
  getParentRoute: () => verifiedRoute,
  path: '/approvals/offers/$id',
  component: lazyRouteComponent(() => import('../approvals/accept-offer-page.tsx'), 'AcceptOfferPage'),
});
const messages = createRoute({
  getParentRoute: () => memberRoute,
  path: '/messages',
  component: lazyRouteComponent(() => import('../messages/messages-page.tsx'), 'MessagesPage'),
});
const uses = createRoute({
  getParentRoute: () => memberRoute,
  path: '/uses',
  validateSearch: z.object({ certificate: id }),
  component: lazyRouteComponent(() => import('../messages/uses-page.tsx'), 'UsesPage'),
});
const devices = createRoute({
  getParentRoute: () => memberRoute,
  path: '/devices',
  component: lazyRouteComponent(() => import('../devices/devices-page.tsx'), 'DevicesPage'),
});
const help = createRoute({
  getParentRoute: () => memberRoute,
  path: '/help',
  component: lazyRouteComponent(() => import('../help/help-page.tsx'), 'HelpPage'),
});

/** Pages of applying, certificates, people, grants, messages, devices and help. */
export const moreRoutes = [
  verifiedRoute.addChildren([
    apply,
    orders,
    order,
    editOrder,
    downloadOrder,
    certificatePin,
    certificateOffer,
    certificateCheck,
    certificateChange,
    people,
    enterprise,
    person,
    grants,
    newGrant,
    grantDetail,
    offer,
  ]),
  certificates,
  certificate,
  approvals,
  messages,
  uses,
  devices,
  help,
] as const;
