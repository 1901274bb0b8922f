"""How gunicorn serves the blog: `gunicorn --config workers.py`."""

import os
import secrets

wsgi_app = "app:create_app()"
bind = f"127.0.0.1:{os.environ.get('PORT', '8002')}"
workers = 2
threads = 4
accesslog = "-"
access_log_format = "worker %(p)s answered %(r)s with %(s)s"
# One secret for all workers: a form that one has made may be sent to the other.
raw_env = [f"SECRET_KEY={os.environ.get('SECRET_KEY') or secrets.token_hex(32)}"]
