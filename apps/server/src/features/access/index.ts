export {
  ANONYMOUS,
  type Caller,
  can,
  type Holder,
  type Member,
  type OperatorCaller,
} from './caller.ts';
export {
  actorOf,
  type CallerFinder,
  guardAccess,
  holderOf,
  memberOf,
  operatorOf,
  platformOf,
  serve,
} from './guard.ts';
