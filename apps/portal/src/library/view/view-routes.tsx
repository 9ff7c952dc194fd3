import { moduleOf } from '@hufu/library';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { NotFoundPage } from '../../app/fallback-pages.tsx';
import { placeOfModule } from '../records-place.ts';
import { useMember } from '../session/library-session.ts';
import { typeNamed, useTypeOfRoute } from '../session/modules.ts';
import { RecordDrawer } from './record-drawer.tsx';

const one = getRouteApi('/member/library/m/$module/$type/$id');
const any = getRouteApi('/member/library/r/$type/$id');

export function RecordRoute() {
  const params = one.useParams();
  const type = useTypeOfRoute(params);
  const { maintains } = useMember();
  return type ? (
    <RecordDrawer
      key={params.id}
      type={type}
      id={params.id}
      place={placeOfModule(params.module, params.type)}
      maintains={maintains(params.module)}
    />
  ) : null;
}

/** Leads to where a record stands: its list, or 主体信息. */
export function AnyRecordRoute() {
  const { type: name, id } = any.useParams();
  const type = typeNamed(name);
  if (type === undefined) return <NotFoundPage />;
  if (type.single) return <Navigate to="/library/base" replace />;
  const params = { module: moduleOf(name).name, type: name, id };
  return <Navigate to="/library/m/$module/$type/$id" params={params} replace />;
}
