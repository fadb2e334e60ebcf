"""Long work, done in processes of its own so that the pages stay quick.

``request.app.state.jobs.start(Order("import", ...), bring, home, ...)`` runs a function of
``tasks`` and returns at once; how far it is stands at ``/api/jobs/{id}``.
"""

from evenstride.web.jobs.jobs import Jobs
from evenstride.web.jobs.state import Job, Order, State, Tell

__all__ = ["Job", "Jobs", "Order", "State", "Tell"]
