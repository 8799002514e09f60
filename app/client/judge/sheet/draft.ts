export interface Draft { readonly key: string }
