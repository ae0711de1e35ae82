"""The office's pages of rounds: units propose, the host screens, a council votes, a decision is drafted."""
