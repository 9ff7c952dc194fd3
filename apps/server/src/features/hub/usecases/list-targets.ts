import type { Target } from '@hufu/contracts';
import type { Holder } from '../../access/index.ts';
import type { HubDeps } from '../deps.ts';
import type { PlatformDoor } from '../ports.ts';
import { activationsOf } from '../store/activations.ts';
import { iso, platformView } from '../views.ts';

/** HUB-011: joined, not suspended, and with an address at which a login can begin. The library is here anyway. */
const isReachable = ({ library }: Pick<HubDeps, 'library'>, door: PlatformDoor): boolean =>
  !door.suspended && (door.code === library.target || (door.joined && door.initiateLoginUri !== null));

/** 「盟市交易平台」 (HUB-060, HUB-061): all of them, also those that cannot be entered yet, with the reason visible. */
export async function listTargets(
  deps: Pick<HubDeps, 'database' | 'platforms' | 'library'>,
  holder: Holder,
): Promise<Target[]> {
  const [doors, activations] = await Promise.all([
    deps.platforms.all(),
    activationsOf(deps.database.db, holder.enterpriseId),
  ]);
  return doors.map((door) => {
    const activation = activations.get(door.code);
    return {
      ...platformView(door),
      reachable: isReachable(deps, door),
      activatedAt: activation ? iso(activation.activated_at) : null,
      lastLoginAt: activation ? iso(activation.last_login_at) : null,
    };
  });
}
