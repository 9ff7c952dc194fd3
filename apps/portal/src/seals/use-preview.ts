import { type SealDesign, sealRoutes } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { acceptLanguage, inLibrary } from '../api/client.ts';
import { localProblem, readProblem } from '../api/problem.ts';

/** The drawn seal as a picture; its address lives as long as it is shown. */
export function useSealPreview(design: SealDesign) {
  const preview = useQuery({
    queryKey: ['hub', 'seal-preview', design],
    queryFn: async ({ signal }) => {
      const { method, path } = sealRoutes.preview;
      const response = await fetch(path, {
        method,
        signal,
        headers: {
          'content-type': 'application/json',
          'accept-language': acceptLanguage(),
          ...(inLibrary() ? { 'x-hufu-realm': 'library' } : {}),
        },
        body: JSON.stringify(design),
      }).catch((cause: unknown) => {
        throw localProblem('PORTAL_NETWORK', cause);
      });
      if (!response.ok) throw readProblem(await response.json().catch(() => undefined), response.status);
      return URL.createObjectURL(await response.blob());
    },
    gcTime: 0,
    retry: false,
  });
  const { data: address } = preview;
  useEffect(() => {
    if (address === undefined) return;
    return () => URL.revokeObjectURL(address);
  }, [address]);
  return preview;
}
