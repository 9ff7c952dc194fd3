export type DeskRole = 'clerk' | 'reviewer' | 'admin' | 'auditor';
