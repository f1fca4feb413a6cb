"""x"""
urlpatterns = []
