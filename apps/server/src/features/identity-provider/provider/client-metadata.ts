import type { AdapterPayload } from 'oidc-provider';
import type { ClientRegistration } from '../ports.ts';

/** The register compares secrets itself, by hash: the provider must only believe that there is one. */
const SECRET_IS_KEPT_ELSEWHERE = 'kept by the register of platforms as a hash';

const made = new WeakMap<ClientRegistration, AdapterPayload>();

/** A registration in the words of OpenID Connect Dynamic Client Registration 1.0 §2; made once per registration. */
export function clientMetadata(client: ClientRegistration): AdapterPayload {
  const metadata = made.get(client) ?? metadataOf(client);
  made.set(client, metadata);
  return metadata;
}

function metadataOf(client: ClientRegistration): AdapterPayload {
  const secret = client.authentication === 'none' ? {} : { client_secret: SECRET_IS_KEPT_ELSEWHERE };
  return {
    ...secret,
    client_id: client.clientId,
    client_name: client.name,
    redirect_uris: [...client.redirectUris],
    post_logout_redirect_uris: [...client.postLogoutRedirectUris],
    response_types: ['code'],
    // A public client has nothing to prove itself with.
    grant_types: ['authorization_code', ...(client.authentication === 'none' ? [] : ['client_credentials'])],
    subject_type: client.subjectType,
    token_endpoint_auth_method: client.authentication,
    id_token_signed_response_alg: client.idTokenAlgorithm ?? 'ES256',
    ...(client.backchannelLogoutUri === null
      ? {}
      : { backchannel_logout_uri: client.backchannelLogoutUri, backchannel_logout_session_required: true }),
  };
}
