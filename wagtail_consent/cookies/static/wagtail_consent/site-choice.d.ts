/** What a visitor decided, by the identifiers of services. */
export interface SiteChoiceDetail {
  granted: string[];
  refused: string[];
}

export interface SiteChoice {
  /** May this service load? False for one that the page doesn't offer. */
  allows(key: string): boolean;
  /** The services that are allowed. */
  granted(): string[];
  /** Opens the settings; goes to their page if they can't be fetched. */
  open(): Promise<void>;
  /** Loads what waits for a service in this page, without a choice. */
  load(key: string): void;
  /** Calls the listener after each change, in this tab or another. */
  on(listener: (detail: SiteChoiceDetail) => void): void;
}

declare global {
  interface Window {
    /** Missing where there is nothing to ask for, or the script was blocked. */
    siteChoice?: SiteChoice;
  }
  interface DocumentEventMap {
    "site-choice:change": CustomEvent<SiteChoiceDetail>;
  }
}
