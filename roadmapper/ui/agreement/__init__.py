"""agreement: what the CIO and the CMO agreed on, the words they share, and what was bought around IT.

May use: the domain, planning, workspace, chart, and the other widgets of the screen.
Never: signs for anybody, or writes HTML from what people type."""
