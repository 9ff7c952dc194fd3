import { bridgeError } from '@hufu/keybridge-client';
import { webOrigin } from '@hufu/keybridge-client/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApprovedSite, ApprovedSites } from '../sites/approved-sites.ts';
import type { Address } from './address.ts';

/**
 * DNS rebinding: a name that an attacker points at 127.0.0.1 makes their page same-origin with the assistant, but
 * the Host header still carries that name.
 *
 * @throws CodedError BRIDGE_HOST_REFUSED
 */
export function requireLoopbackHost(request: FastifyRequest, address: Address): void {
  if (!address.hosts.has(request.headers.host ?? '')) throw bridgeError('BRIDGE_HOST_REFUSED');
}

/**
 * The web origin that a site's request comes from. Browsers set it on every cross-origin request and let no page
 * change it. Opaque origins (`null`: sandboxed frames, files) name nobody and are refused.
 *
 * @throws CodedError BRIDGE_ORIGIN_REFUSED
 */
export function siteOrigin(request: FastifyRequest): string {
  const checked = webOrigin.safeParse(request.headers.origin);
  if (!checked.success) throw bridgeError('BRIDGE_ORIGIN_REFUSED');
  return checked.data;
}

/**
 * Requests of the assistant's own pages. The header cannot be set by a form or an image, and from another origin
 * only after a preflight, which is refused.
 *
 * @throws CodedError BRIDGE_ORIGIN_REFUSED
 */
export function requireOwnPage(request: FastifyRequest, address: Address): void {
  const { origin, 'sec-fetch-site': site, 'hufu-own': own } = request.headers;
  const isForeignOrigin = origin !== undefined && origin !== address.origin;
  const isForeignSite = site !== undefined && site !== 'same-origin';
  if (own !== '1' || isForeignOrigin || isForeignSite) throw bridgeError('BRIDGE_ORIGIN_REFUSED');
}

/** @throws CodedError BRIDGE_NOT_PAIRED */
export function requirePaired(request: FastifyRequest, sites: ApprovedSites): ApprovedSite {
  const [scheme, secret] = (request.headers.authorization ?? '').split(' ');
  const site =
    scheme === 'Bearer' && secret !== undefined ? sites.find(siteOrigin(request), secret) : undefined;
  if (site === undefined) throw bridgeError('BRIDGE_NOT_PAIRED');
  return site;
}

/** Lets the asking origin read the answer. Called only for origins that may. */
export function allowOrigin(reply: FastifyReply, origin: string): void {
  reply.headers({ 'access-control-allow-origin': origin, vary: 'Origin' });
}

/** Answers a preflight. The two private-network headers are Chromium's older and newer way to ask (PNA, LNA). */
export function answerPreflight(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.headers({
    'access-control-allow-methods': 'GET, POST, DELETE',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-max-age': '60',
  });
  if (request.headers['access-control-request-private-network'] === 'true') {
    reply.header('access-control-allow-private-network', 'true');
  }
  return reply.code(204).send();
}
