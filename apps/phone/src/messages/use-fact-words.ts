import { useQuery } from '@tanstack/react-query';
import { scopesQuery } from '../certificates/certificate-queries.ts';
import { devicesQuery } from '../devices/device-queries.ts';
import { day } from '../format/dates.ts';
import { certificates } from '../i18n/certificates.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { order } from '../i18n/order.ts';
import type { FactWords } from './message-facts.ts';

export function useFactWords(): FactWords {
  const { language } = useLanguage();
  const scopes = useQuery(scopesQuery).data ?? [];
  const devices = useQuery(devicesQuery).data ?? [];
  return {
    orderStates: useTexts(order).states,
    certificateStates: useTexts(certificates).states,
    scopes: scopes.map(({ scope, name, nameEn }) => ({
      id: scope,
      name: language === 'en' ? (nameEn ?? name) : name,
    })),
    devices,
    day,
    comma: language === 'en' ? ', ' : '、',
  };
}
